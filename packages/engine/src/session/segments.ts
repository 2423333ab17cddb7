// What happens with each segment of a session: read while it is said, read when it is over, waited for at the end.

import type { EventBody, Hint, Judge, Segment, VoiceInputError } from '@voiceinput/plugin-api';
import { languageHint } from '../configure/language.ts';
import { asPluginError } from '../host/call.ts';
import type { Writing } from '../deliver/writing.ts';
import { clipRange } from '../segment/clip.ts';
import type { SpeechRange } from '../segment/segmenter.ts';
import type { Finishing } from './finish.ts';
import type { Heard } from './listen.ts';
import { createPartials } from './partials.ts';
import { precedingText } from './preceding-text.ts';
import { createJudging } from './judging.ts';
import type { OpenPart, SessionPorts } from './ports.ts';
import { readSegment } from './read-segment.ts';

/** Audio that is not live is read no further ahead than this many unfinished segments. */
const MAX_UNFINISHED = 4;

export interface Segments {
  /** Reads a segment that is over, in the background. */
  read(range: SpeechRange, samples: Float32Array): void;
  /** Reads what is being said, while it is said. */
  follow(heard: Heard): void;
  /** Settles when reading further ahead is worthwhile. */
  notFartherAhead(): Promise<void>;
  /** Says that no segment will follow. Settles when the end of what stands fits its place. */
  ended(): Promise<void>;
  /** Settles when every draft stands, or was given up; to be asked when no segment will follow. */
  drafted(): Promise<void>;
  /** Settles when every segment has been read, or given up. */
  finished(): Promise<void>;
}

export interface SegmentsPort {
  readonly sessionId: string;
  readonly ports: SessionPorts;
  /** Absent: the engine's own rules judge. */
  readonly judge: OpenPart<'judge', Judge> | undefined;
  readonly finishing: Finishing;
  readonly writing: Writing;
  /** Words of the user that are likely. */
  readonly words: readonly string[];
  /** Whether the segments of others may pass. */
  readonly background: boolean;
  /** Whether somebody is speaking now. */
  readonly isLive: boolean;
  emit(body: EventBody): void;
  warn(error: VoiceInputError): void;
  /** A segment whose words are lost. */
  onLost(error: VoiceInputError): void;
}

/** The segments of one session. `signal` is the session's. */
export function createSegments(port: SegmentsPort, signal: AbortSignal): Segments {
  const { sessionId, ports, finishing, writing, words, emit, warn } = port;
  const { profile, fast, refine, refineFor = [] } = ports;
  const unfinished = new Set<Promise<void>>();
  let count = 0;
  /** What is being said now and was not yet closed. */
  let speaking: Segment | undefined;
  let drafted: Promise<unknown> = Promise.resolve();
  /** The language of the last draft, to keep to where the next one's is a close choice. */
  let spokenBefore: string | undefined;
  let slice: Heard['slice'] = () => new Float32Array(0);

  const partials = createPartials({
    sessionId,
    lane: fast,
    padMs: fast.padMs ?? profile.segments.padMs,
    hint,
    slice: (startSample, endSample) => slice(startSample, endSample),
    async heard(transcript, { startSample, endSample }) {
      // The speech may be over by now; its draft is on the way then.
      if (speaking?.startSample !== startSample) return;
      const segment = { ...speaking, endSample };
      const text = await finishing.finish(transcript, { stage: 'partial', segment });
      if (speaking?.startSample !== startSample) return;
      speaking = segment;
      await writing.write({ ...segment, stage: 'partial', ...text });
    },
    failed(error) {
      const reason = asPluginError(error, profile.fast.use, 'run');
      if (reason.code !== 'ERR_ABORTED') warn(reason);
    },
  });

  function hint(): Hint {
    const spoken = languageHint(profile);
    const before = spoken.languages !== undefined && spokenBefore !== undefined && { language: spokenBefore };
    return { words, ...spoken, ...before };
  }

  function nextSegment(startSample: number, endSample: number): Segment {
    return { segmentId: `segment-${count + 1}`, startSample, endSample };
  }

  function read(range: SpeechRange, samples: Float32Array): void {
    const { startSample, endSample, speechProbability } = range;
    const segment = nextSegment(startSample, endSample);
    count += 1;
    speaking = undefined;
    emit({ type: 'segment-closed', sessionId, ...segment });

    const earlierDrafted = drafted;
    let draftDone = (): void => undefined;
    drafted = new Promise<void>((resolve) => (draftDone = resolve));
    const heard = partials.readingOf(clipRange(range, fast.padMs));
    partials.end(startSample);
    const reading = readSegment(
      {
        ...range,
        samples,
        hint: {
          ...hint(),
          surelySpeech: speechProbability >= profile.segments.sureProbability,
          ...partials.proposalFor(startSample),
        },
        ...(heard && { heard }),
        background: port.background,
        isLive: port.isLive,
      },
      {
        fast,
        ...(refine && { refine }),
        refineFor,
        judging: createJudging({ sessionId, segment, profile, judge: port.judge, warn }, signal),
        async precedingText() {
          await earlierDrafted;
          return precedingText(writing.segments, startSample);
        },
        finish(heard, stage, draft) {
          if (stage === 'draft') spokenBefore = heard.language ?? spokenBefore;
          return finishing.finish(heard, { segment, stage, draft });
        },
        polish: (best, draft) => finishing.polish(best, { segment, draft }),
        async deliver(stage, text, decision) {
          await earlierDrafted;
          await writing.write({ ...segment, stage, ...text, ...(decision && { decision }) });
          draftDone();
        },
        ran: (type, lane, stage) => emit({ type, sessionId, segmentId: segment.segmentId, lane: lane.name, stage }),
        warn,
      },
      signal,
    );
    track(reading.finally(draftDone));
  }

  function track(work: Promise<VoiceInputError | undefined | void>): void {
    const tracked = work
      .catch((error: unknown) => (signal.aborted ? undefined : asPluginError(error, sessionId, 'read')))
      .then((reason) => {
        if (reason !== undefined) port.onLost(reason);
        unfinished.delete(tracked);
      });
    unfinished.add(tracked);
  }

  /** What was taken for speech was none after all. */
  function dropPartial(): void {
    if (speaking !== undefined) {
      track(writing.write({ ...speaking, stage: 'partial', text: '' }));
      partials.end(speaking.startSample);
    }
    speaking = undefined;
  }

  return {
    read,
    follow(heard) {
      ({ slice } = heard);
      if (heard.open === undefined) return dropPartial();
      const { startSample } = heard.open;
      if (speaking?.startSample !== startSample) {
        speaking = nextSegment(startSample, heard.endSample);
        emit({ type: 'speech-started', sessionId, segmentId: speaking.segmentId, startSample });
      }
      partials.consider(heard.open, heard.endSample, signal);
    },
    async notFartherAhead() {
      while (unfinished.size >= MAX_UNFINISHED) await Promise.race(unfinished);
    },
    ended: () => writing.endWith(`segment-${count}`),
    async drafted() {
      await partials.settled();
      await drafted;
    },
    async finished() {
      await partials.settled();
      await Promise.all(unfinished);
      if (signal.aborted) return;
      await finishing.finishSession(refine === undefined ? 'draft' : 'refined');
      if (refine !== undefined) await finishing.finishSession('polished');
    },
  };
}
