// How a lane is asked for a segment's text: alone, or with the text before it.

import type { Clip, Hint, Stage, Transcript } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { isEcho } from '../judge/echo.ts';
import { repeats } from '../judge/judge.ts';
import { tokensOf } from '../judge/tokens.ts';
import type { Lane } from '../schedule/lane.ts';
import { clipRange } from '../segment/clip.ts';
import type { SpeechRange } from '../segment/segmenter.ts';

/** What a lane heard, or why it heard nothing. */
export type Heard = Transcript | VoiceInputError;

/** Asks a lane for a segment. Rejects only on abort. */
type Listen = (lane: Lane, stage: Stage, hint: Hint) => Promise<Heard>;

export interface LaneReaderPort {
  /** The text that the segment goes on with, once it has been read. Absent when there is none. */
  precedingText(): Promise<string | undefined>;
  /** A run of a lane begins or ends. */
  ran(when: 'run-started' | 'run-ended', lane: Lane, stage: Stage): void;
  warn(error: VoiceInputError): void;
}

/** What is read, and whether the segments of others may pass. */
export interface LaneClip extends Clip, SpeechRange {
  readonly background: boolean;
}

export interface LaneReader {
  readonly listen: Listen;
  /** With the text before, for a runner that uses it; without where that led it into repeating it. */
  readonly listenInContext: Listen;
}

/** Asks lanes for the text of one segment. `signal` is the session's. */
export function laneReader(segment: LaneClip, port: LaneReaderPort, signal: AbortSignal): LaneReader {
  return { listen, listenInContext };

  function clipFor({ padMs }: Lane): Clip {
    const { startSample, endSample } = clipRange(segment, padMs);
    const [from, to] = [startSample - segment.startSample, endSample - segment.startSample];
    return { samples: segment.samples.slice(from, to), startSample };
  }

  async function listenInContext(lane: Lane, stage: Stage, hint: Hint): Promise<Heard> {
    const precedingText = lane.uses.precedingText === true ? await port.precedingText() : undefined;
    if (precedingText === undefined) return listen(lane, stage, hint);
    const heard = await listen(lane, stage, { ...hint, precedingText });
    if (isVoiceInputError(heard)) return heard;
    const isLedAstray = isEcho(heard.text, precedingText) || repeats(tokensOf(heard.text));
    return isLedAstray ? listen(lane, stage, hint) : heard;
  }

  async function listen(lane: Lane, stage: Stage, hint: Hint): Promise<Heard> {
    port.ran('run-started', lane, stage);
    try {
      return await lane.run({ clip: clipFor(lane), hint, preemptible: false, background: segment.background }, signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = isVoiceInputError(error)
        ? error
        : new VoiceInputError('ERR_INTERNAL', `The ${lane.name} lane failed: ${String(error)}`, { cause: error });
      port.warn(reason);
      return reason;
    } finally {
      port.ran('run-ended', lane, stage);
    }
  }
}
