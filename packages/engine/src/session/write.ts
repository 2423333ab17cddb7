// Decides what a session has written so far: texts by segment, the edits they became, and when the last ones stood.

import type { Decision, Outcome, SegmentResult, Sink, Stage } from '@voiceinput/plugin-api';
import { createDelivery } from '../deliver/delivery.ts';
import { withSeparators } from '../reconcile/separate.ts';
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
  /** The session's text before a place. */
  textBefore(startSample: number): string;
  /** What stands, in order of speaking; partials do not count. */
  readonly segments: readonly SegmentResult[];
  /** The same with what was being said last, as far as it was heard: all there is when nothing more will come. */
  readonly heard: readonly SegmentResult[];
  /** Host time at which the newest text of a stage stood. */
  readonly lastAtMs: Readonly<Partial<Record<Stage, number>>>;
}

export interface WritingOptions {
  readonly sessionId: string;
  readonly textBefore: string;
  readonly sink: Opened<'sink', Sink>;
  readonly trace: Trace;
  /** Hands one edit to the sink; never rejects. */
  apply(edit: Parameters<Sink['apply']>[0]): Promise<Outcome>;
}

export function createWriting({ sessionId, textBefore, sink, trace, apply }: WritingOptions): Writing {
  const segments: SegmentResult[] = [];
  let partial: SegmentResult | undefined;
  const lastAtMs: Partial<Record<Stage, number>> = {};
  const wantsPartials = sink.plugin.capabilities.partials;
  const delivery = createDelivery({
    sessionId,
    textBefore,
    port: {
      apply,
      told({ segmentId, revision, segment }, outcome) {
        lastAtMs[segment.stage] = trace.emit({ type: 'edit', sessionId, segmentId, revision, outcome }).atMs;
      },
    },
  });

  function remember(
    { segmentId, startSample, endSample }: Place,
    stage: Stage,
    text: string,
    decided?: Decision,
  ): void {
    const index = segments.findIndex((segment) => segment.segmentId === segmentId);
    const draft = stage === 'draft' ? text : (segments[index]?.draft ?? '');
    const segment = { segmentId, startSample, endSample, draft, text, ...(decided && { decided }) };
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
      trace.emit({ type: 'text', sessionId, ...place, stage, text, ...(decided && { decided }) });
      if (stage !== 'partial' || wantsPartials) await delivery.put({ ...place, stage, text });
    },
  };
}
