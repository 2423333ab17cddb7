// How a session's text gets into its sink: one edit at a time, whether it was read, undone or cancelled.

import type { Edit, Outcome, SegmentResult, SessionResult, Stage, Surroundings } from '@voiceinput/plugin-api';
import { createWorkQueue } from '@voiceinput/plugin-api';
import type { Trace } from '../trace/trace.ts';
import {
  emptyText,
  isOvertaken,
  notStanding,
  refusalOf,
  resultsOf,
  stepBack,
  superseded,
  textBefore,
  withOutcome,
  withWanted,
} from './text.ts';
import type { TextLeft, WantedText } from './text.ts';
import { asRecognised } from './pieces.ts';
import { createPlace } from './place.ts';
import type { Fit } from './pieces.ts';

export interface Writing {
  /** Wants a segment's text to be this. Settles when the sink has answered, or when something newer is wanted. */
  write(wanted: WantedText): Promise<void>;
  /**
   * Takes one step back what the sink applied; see `stepBack`. Later texts of what was said until then are refused as
   * superseded. On abort no further edit goes out, and it rejects with the signal's reason.
   */
  undo(request: UndoRequest, signal: AbortSignal): Promise<UndoResult>;
  /**
   * Puts the newest texts in place of those that stand, as the user asked. What became of each edit, in order of
   * speaking; none when nothing else stands. On abort no further edit goes out, and it rejects with the signal's reason.
   */
  replace(signal: AbortSignal): Promise<readonly Outcome[]>;
  /**
   * Says that nothing is spoken behind this segment: its end is made to fit what stands behind the place, also where it
   * stands already. Settles when the sink has answered. Never rejects.
   */
  endWith(segmentId: string): Promise<void>;
  /** Ends it for good, before its sink ends or closes: later edits are refused. Settles when those before are answered. */
  close(): Promise<void>;
  /** Tells the sink that the session is over, between edits. */
  end(result: SessionResult): Promise<void>;
  /** The session's text before a place in the audio. */
  textBefore(startSample: number): string;
  /** What is wanted, in order of speaking; partials do not count. */
  readonly segments: readonly SegmentResult[];
  /** The same with what was being said last, as far as it was heard: all there is when nothing more will come. */
  readonly heard: readonly SegmentResult[];
  /** Host time at which the newest text of a stage stood. */
  readonly lastAtMs: Readonly<Partial<Record<Stage, number>>>;
}

export interface UndoRequest {
  readonly cause: 'undo' | 'cancel';
  /** Whether drafts go, too. */
  readonly all: boolean;
  /** How far was heard: what ends later is still being said, or will be, and is written. */
  readonly untilSample: number;
}

export interface UndoResult {
  /** What stands where it was applied. */
  readonly left: TextLeft;
  /** What became of each edit, in order of speaking; none when nothing stood. */
  readonly edits: readonly Outcome[];
}

/** What the sink of a session does for its text. */
export interface WritingPort {
  /** Whether it wants texts that are still being said. */
  readonly partials: boolean;
  /** What stands around the session's text, asked just before the first edit. Rejects on abort of the session. */
  surroundings(): Promise<Surroundings>;
  /** Hands one edit to the sink; never rejects. Calls never overlap. */
  apply(edit: Edit, signal: AbortSignal): Promise<Outcome>;
  /** Never rejects. */
  end(result: SessionResult): Promise<void>;
}

export interface WritingOptions {
  readonly sessionId: string;
  readonly sink: WritingPort;
  readonly trace: Trace;
  /** Whether nobody may see the words. */
  readonly secret: boolean;
  /** How texts fit their place. Default: as they were recognised. */
  readonly fit?: Fit;
}

/** Of what wrote nothing, or can be reached no more. */
export const NOTHING_UNDONE: UndoResult = { left: 'nothing', edits: [] };
const CLOSED: Outcome = { kind: 'refused', reason: 'closed', explanation: 'it can no longer be changed' };

/** `signal` is the session's: on abort an edit that was read is not begun any more, and no answer is waited for long. */
export function createWriting(
  { sessionId, sink, trace, secret, fit = asRecognised }: WritingOptions,
  signal: AbortSignal,
): Writing {
  let text = emptyText(sessionId);
  let closed = false;
  const queue = createWorkQueue();
  const place = createPlace({ fit, surroundings: () => sink.surroundings() });
  const lastAtMs: Partial<Record<Stage, number>> = {};

  async function deliver(wanted: WantedText, why: Pick<Edit, 'cause' | 'asked'>, by: AbortSignal): Promise<Outcome> {
    const { cause, asked = false } = why;
    const edit = await place.editFor(text, wanted, why);
    const refusal = asked ? undefined : refusalOf(text, wanted, cause);
    const outcome = closed ? CLOSED : (refusal ?? (await sink.apply(edit, by)));
    text = withOutcome(text, { wanted, edit }, outcome);
    const { segmentId, revision } = edit;
    const { atMs } = trace.emit({ type: 'edit', sessionId, segmentId, revision, outcome });
    if (cause === wanted.stage) lastAtMs[wanted.stage] = atMs;
    return outcome;
  }

  /** An end that does not change leaves the segment's outcome as it is: its words stand. */
  async function fitEnd(): Promise<void> {
    const wanted = closed ? undefined : place.end(text);
    if (wanted === undefined) return;
    const edit = await place.editFor(text, wanted, { cause: wanted.stage });
    if (edit.changes.length === 0) return;
    const outcome = refusalOf(text, wanted, wanted.stage) ?? (await sink.apply(edit, signal));
    const isApplied = outcome.kind === 'applied';
    text = isApplied ? withOutcome(text, { wanted, edit }, outcome) : { ...text, revision: edit.revision };
  }

  return {
    lastAtMs,
    get segments() {
      return resultsOf(text);
    },
    get heard() {
      return resultsOf(text, { partials: true });
    },
    textBefore: (startSample) => textBefore(text, startSample),
    async write(wanted) {
      text = withWanted(text, wanted);
      if (isOvertaken(text, wanted)) return;
      const { text: said, words: _words, decoded: _decoded, ...about } = wanted;
      trace.emit({ type: 'text', sessionId, ...about, ...(!secret && { text: said }) });
      if (wanted.stage === 'partial' && !sink.partials) return;
      await queue.add(async () => {
        if (!isOvertaken(text, wanted)) await deliver(wanted, { cause: wanted.stage }, signal);
      });
    },
    async undo({ cause, all, untilSample }, by) {
      // At once, so that nothing that waits for its turn is written first.
      text = superseded(text, untilSample);
      return queue.add(async () => {
        if (closed) return NOTHING_UNDONE;
        const { left, texts } = stepBack(text, { all });
        const edits = await oneByOne(texts, by, (wanted) => deliver(wanted, { cause }, by));
        return { left, edits: edits.toReversed() };
      });
    },
    replace: (by) =>
      queue.add(() =>
        oneByOne(closed ? [] : notStanding(text), by, (wanted) =>
          deliver(wanted, { cause: wanted.stage, asked: true }, by),
        ),
      ),
    async endWith(segmentId) {
      place.endWith(segmentId);
      // Abort ends the session, and with it the wish that its end fits.
      await queue.add(fitEnd).catch(() => undefined);
    },
    async close() {
      closed = true;
      await queue.drained();
    },
    end: (result) => queue.add(() => sink.end(result)),
  };
}

/** What became of each text; on abort no further one is delivered. */
async function oneByOne(
  texts: readonly WantedText[],
  signal: AbortSignal,
  deliver: (wanted: WantedText) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const wanted of texts) {
    signal.throwIfAborted();
    outcomes.push(await deliver(wanted));
  }
  return outcomes;
}
