// How one segment becomes text: a draft at once, then the better reading, each delivered when it exists.

import type { Decision, Hint, Stage, Transcript } from '@voiceinput/plugin-api';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { hears } from '../configure/language.ts';
import type { Lane } from '../schedule/lane.ts';
import type { SpeechRange } from '../segment/segmenter.ts';
import type { Finished } from './finish.ts';
import type { Judging } from './judging.ts';
import { laneReader } from './lane-reader.ts';
import type { Heard, LaneReaderPort } from './lane-reader.ts';
import type { LanguageLane } from './ports.ts';

export interface SegmentAudio extends SpeechRange {
  readonly samples: Float32Array;
  readonly hint: Hint;
  /** What the fast lane heard or is hearing in just this audio already. It may be called off. */
  readonly heard?: Promise<Transcript>;
  /** Lets the segments of others pass. */
  readonly background: boolean;
  /** Whether somebody is speaking now. */
  readonly isLive: boolean;
}

export interface ReadingPort extends LaneReaderPort {
  readonly fast: Lane;
  readonly refine?: Lane;
  /** By the language of the draft, before `refine`. */
  readonly refineFor: readonly LanguageLane[];
  readonly judging: Judging;
  /** The text that is delivered of what was heard. `draft`: what the fast lane heard. */
  finish(heard: Transcript, stage: Stage, draft?: Transcript): Promise<Finished>;
  /** The best text rewritten. Absent when nothing rewrites it. */
  polish(best: Finished, draft?: Transcript): Promise<Finished | undefined>;
  /** Brings the text to the sink. */
  deliver(stage: Stage, text: Finished, decision?: Decision): Promise<void>;
}

/**
 * Gives the reason when no lane could read the segment. Rejects only on abort: a lane that fails leaves the word to
 * the other one.
 */
export async function readSegment(
  segment: SegmentAudio,
  port: ReadingPort,
  signal: AbortSignal,
): Promise<VoiceInputError | undefined> {
  const { listen, listenInContext } = laneReader(segment, port, signal);
  const first = (await heardAlready()) ?? (await listenFirst());
  if (isVoiceInputError(first)) return port.refine === undefined ? first : readOnlyRefined(port.refine);

  const draft = await port.finish(first, 'draft');
  await port.deliver('draft', draft);
  if (port.refine !== undefined)
    await polish(await readAgain(laneFor(first.language) ?? port.refine, first, draft), first);
  return undefined;

  /** Gives the text that stands. */
  async function readAgain(lane: Lane, heard: Transcript, draft: Finished): Promise<Finished> {
    // Read again as one of the languages, foreign speech would become fluent invention.
    if (draft.doubtful !== undefined) return refined(draft, 'kept');
    if (await port.judging.isSure(heard)) return refined(await port.finish(heard, 'refined', heard), 'confirmed');
    const second = await listenInContext(lane, 'refined', { ...asHeard(segment.hint, heard), ...proposalOf(heard) });
    if (isVoiceInputError(second) || !(await port.judging.mayReplace(heard, second))) return refined(draft, 'kept');
    const better = await port.finish(second, 'refined', heard);
    if (better.doubtful !== undefined) return refined(draft, 'kept');
    return refined(better, better.text === draft.text ? 'agreed' : 'replaced');
  }

  async function refined(text: Finished, decision: Decision): Promise<Finished> {
    await port.deliver('refined', text, decision);
    return text;
  }

  async function polish(best: Finished, draft?: Transcript): Promise<void> {
    const polished = await port.polish(best, draft);
    if (polished !== undefined) await port.deliver('polished', polished);
  }

  function laneFor(language: string | undefined): Lane | undefined {
    if (language === undefined) return undefined;
    return port.refineFor.find(({ languages }) => hears(languages, language))?.lane;
  }

  async function readOnlyRefined(lane: Lane): Promise<VoiceInputError | undefined> {
    const only = await listenInContext(lane, 'refined', segment.hint);
    if (isVoiceInputError(only)) return only;
    await polish(await refined(await port.finish(only, 'refined'), 'replaced'));
    return undefined;
  }

  /** Absent when it was called off, failed or gave nothing: the lane is asked once more then, with all that is known now. */
  async function heardAlready(): Promise<Transcript | undefined> {
    const heard = await segment.heard?.catch(() => undefined);
    signal.throwIfAborted();
    return heard?.text === '' ? undefined : heard;
  }

  /** The draft is wanted at once; where it is the only reading of audio that is not live, it may take its time. */
  function listenFirst(): Promise<Heard> {
    const isOnly = port.refine === undefined && !segment.isLive;
    return isOnly ? listenInContext(port.fast, 'draft', segment.hint) : listen(port.fast, 'draft', segment.hint);
  }
}

/** The language is found once, by the draft: whoever reads again is told it. */
function asHeard({ languages, ...hint }: Hint, { language }: Transcript): Hint {
  if (languages === undefined) return hint;
  return language === undefined ? { ...hint, languages } : { ...hint, language };
}

/** What was heard as a hint for whoever reads the same audio again. Empty when it gave no tokens. */
export function proposalOf({ text, tokens, vocabulary }: Transcript): Pick<Hint, 'proposal'> {
  return tokens === undefined || vocabulary === undefined ? {} : { proposal: { text, tokens, vocabulary } };
}
