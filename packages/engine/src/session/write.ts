// What a session has written so far: texts by segment, the edits they became, and when the last ones stood.

import type { Decision, Edit, Outcome, SegmentResult, Sink, Stage } from '@voiceinput/plugin-api';
import { withSeparators } from '@voiceinput/plugin-api';
import { createDelivery } from '../deliver/delivery.ts';
import type { Trace } from '../trace/trace.ts';
import type { Opened } from './ports.ts';

export interface Place {
  readonly segmentId: string;
  readonly startSample: number;
  readonly endSample: number;
}

export interface Writing {
  /** Brings a segment's text to the sink. Settles when the sink has answered. */
  write(place: Place, stage: Stage, text: string, decided?: Decision): Promise<void>;
  /**
   * Takes back what the sink applied: refined texts become drafts again; when there are none, or with `all`, everything
   * goes. Later texts of what was said until then are refused as superseded.
   */
  takeBack(taking: TakingBack): Promise<TakenBack>;
  /** The session's text before a place. */
  textBefore(startSample: number): string;
  /** What stands, in order of speaking; partials do not count. */
  readonly segments: readonly SegmentResult[];
  /** The same with what was being said last, as far as it was heard: all there is when nothing more will come. */
  readonly heard: readonly SegmentResult[];
  /** Host time at which the newest text of a stage stood. */
  readonly lastAtMs: Readonly<Partial<Record<Stage, number>>>;
}

export interface TakingBack {
  readonly cause: 'undo' | 'cancel';
  readonly all: boolean;
  /** How far was heard: what ends later is still being said, or will be, and is written. */
  readonly untilSample: number;
}

export interface TakenBack {
  /** What stands where it was applied. */
  readonly left: 'draft' | 'nothing';
  /** What became of each edit; none when nothing stood. */
  readonly edits: readonly Outcome[];
}

export interface WritingOptions {
  readonly sessionId: string;
  readonly sink: Opened<'sink', Sink>;
  readonly trace: Trace;
  /** Whether nobody may see the words. */
  readonly secret: boolean;
  /** What stands before the session's text, asked just before the first edit. */
  textBefore(): Promise<string>;
  /** Hands one edit to the sink; never rejects. */
  apply(edit: Edit): Promise<Outcome>;
}

/** Of what wrote nothing. */
export const NOTHING_TAKEN_BACK: TakenBack = { left: 'nothing', edits: [] };
const SUPERSEDED: Outcome = { kind: 'refused', reason: 'superseded' };

export function createWriting({ sessionId, sink, trace, secret, textBefore, apply }: WritingOptions): Writing {
  const segments: SegmentResult[] = [];
  let partial: SegmentResult | undefined;
  let supersededUntilSample = Number.NEGATIVE_INFINITY;
  const lastAtMs: Partial<Record<Stage, number>> = {};
  const wantsPartials = sink.plugin.capabilities.partials;
  const delivery = createDelivery({
    sessionId,
    textBefore,
    port: {
      apply: async (edit) => (isSuperseded(edit) ? SUPERSEDED : apply(edit)),
      told({ segmentId, revision, cause, segment }, outcome) {
        const { atMs } = trace.emit({ type: 'edit', sessionId, segmentId, revision, outcome });
        if (cause === segment.stage) lastAtMs[segment.stage] = atMs;
        const index = segments.findIndex((one) => one.segmentId === segmentId);
        if (index !== -1) segments[index] = { ...segments[index]!, outcome };
      },
    },
  });

  function isSuperseded({ cause, segment }: Edit): boolean {
    return cause === segment.stage && segment.endSample <= supersededUntilSample;
  }

  function remember(
    { segmentId, startSample, endSample }: Place,
    stage: Stage,
    text: string,
    decided?: Decision,
  ): void {
    const index = segments.findIndex((segment) => segment.segmentId === segmentId);
    const { draft: drafted = '', outcome } = segments[index] ?? {};
    const draft = stage === 'draft' ? text : drafted;
    const segment = {
      segmentId,
      startSample,
      endSample,
      draft,
      text,
      ...(decided && { decided }),
      ...(outcome && { outcome }),
    };
    segments.splice(index === -1 ? segments.length : index, index === -1 ? 0 : 1, segment);
    segments.sort((a, b) => a.startSample - b.startSample);
  }

  return {
    segments,
    get heard() {
      const open = segments.some(({ segmentId }) => segmentId === partial?.segmentId) ? undefined : partial;
      return open === undefined ? segments : [...segments, open];
    },
    lastAtMs,
    textBefore(startSample) {
      return withSeparators(
        segments.filter((segment) => segment.startSample < startSample).map(({ text }) => text),
      ).join('');
    },
    async write(place, stage, text, decided) {
      if (stage === 'partial') partial = { ...place, draft: text, text };
      else remember(place, stage, text, decided);
      const words = secret ? {} : { text };
      trace.emit({ type: 'text', sessionId, ...place, stage, ...words, ...(decided && { decided }) });
      if (stage !== 'partial' || wantsPartials) await delivery.put({ ...place, stage, text });
    },
    async takeBack({ cause, all, untilSample }) {
      supersededUntilSample = untilSample;
      // What is being written now will stand.
      await delivery.settled();
      const standing = new Map(delivery.standing.map(({ segmentId, text }) => [segmentId, text]));
      const written = segments.filter(({ segmentId }) => (standing.get(segmentId) ?? '') !== '');
      const refined = written.filter(({ segmentId, draft }) => draft !== '' && standing.get(segmentId) !== draft);
      const draftsReturn = !all && refined.length > 0;
      const changing = draftsReturn ? refined : written;
      // From the end: what stands before an edit stays where it is.
      for (const { segmentId, startSample, endSample, draft } of changing.toReversed()) {
        const text = draftsReturn ? draft : '';
        await delivery.put({ segmentId, startSample, endSample, stage: 'draft', text }, cause);
      }
      const ids = new Set(changing.map(({ segmentId }) => segmentId));
      const edits = segments.flatMap(({ segmentId, outcome }) => (ids.has(segmentId) && outcome ? [outcome] : []));
      return { left: draftsReturn ? 'draft' : 'nothing', edits };
    },
  };
}
