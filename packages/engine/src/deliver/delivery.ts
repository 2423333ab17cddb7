// Which edits a sink gets, in which order, and what the session's text is after each.

import type { Edit, Outcome, SegmentText } from '@voiceinput/plugin-api';
import { withSeparators } from '@voiceinput/plugin-api';
import { reconcile } from '../reconcile/reconcile.ts';

export interface DeliveryPort {
  /** Hands one edit to the sink. Calls never overlap. */
  apply(edit: Edit): Promise<Outcome>;
  /** Hears of every edit and what became of it. */
  told(edit: Edit, outcome: Outcome): void;
}

export interface Delivery {
  /** The segment's text is now this. Settles when the sink has answered; a partial that something newer overtook is left out. */
  put(segment: SegmentText, cause?: Edit['cause']): Promise<void>;
  /** Settles when the sink has answered all that was put until now. */
  settled(): Promise<void>;
  /** The segments' texts as far as the sink applied them, in order of speaking. */
  readonly standing: readonly { readonly segmentId: string; readonly text: string }[];
}

export interface DeliveryOptions {
  readonly sessionId: string;
  /** What stands before the session's text, asked once, before the first edit. */
  textBefore(): Promise<string>;
  readonly port: DeliveryPort;
}

export function createDelivery({ sessionId, textBefore, port }: DeliveryOptions): Delivery {
  /** Applied texts by segment, in order of speaking. */
  const applied: { segmentId: string; startSample: number; text: string }[] = [];
  const newest = new Map<string, SegmentText>();
  let revision = 0;
  let appliedRevision = 0;
  let queue: Promise<void> = Promise.resolve();
  let before: Promise<string> | undefined;

  function piecesWith(segment: SegmentText, textBefore: string): { before: string[]; after: string[] } {
    if (!applied.some(({ segmentId }) => segmentId === segment.segmentId)) {
      applied.push({ segmentId: segment.segmentId, startSample: segment.startSample, text: '' });
      applied.sort((a, b) => a.startSample - b.startSample);
    }
    const before = applied.map(({ text }) => text);
    const after = applied.map(({ segmentId, text }) => (segmentId === segment.segmentId ? segment.text : text));
    return { before: withSeparators(before, textBefore), after: withSeparators(after, textBefore) };
  }

  async function deliver(segment: SegmentText, cause: Edit['cause']): Promise<void> {
    if (segment.stage === 'partial' && newest.get(segment.segmentId) !== segment) return;
    before ??= textBefore();
    const pieces = piecesWith(segment, await before);
    revision += 1;
    const edit: Edit = {
      sessionId,
      segmentId: segment.segmentId,
      baseRevision: appliedRevision,
      revision,
      cause,
      changes: changesOf(pieces.before, pieces.after),
      segment,
    };
    const outcome = await port.apply(edit);
    if (outcome.kind === 'applied') {
      appliedRevision = revision;
      for (const entry of applied) if (entry.segmentId === segment.segmentId) entry.text = segment.text;
    }
    port.told(edit, outcome);
  }

  return {
    put(segment, cause = segment.stage) {
      newest.set(segment.segmentId, segment);
      const delivered = queue.then(() => deliver(segment, cause));
      queue = delivered.catch(() => undefined);
      return delivered;
    },
    settled: () => queue,
    standing: applied,
  };
}

/** Changes of the whole text, piece by piece: a piece that stays is never touched. */
function changesOf(before: readonly string[], after: readonly string[]): Edit['changes'] {
  let start = 0;
  return before.flatMap((piece, index) => {
    const changes = reconcile(piece, after[index]!).map((change) => ({ ...change, start: change.start + start }));
    start += piece.length;
    return changes;
  });
}
