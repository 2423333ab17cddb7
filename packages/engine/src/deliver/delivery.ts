// Which edits a sink gets, in which order, and what the session's text is after each.

import type { Change, Edit, Outcome, SegmentText } from '@voiceinput/plugin-api';
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

  /** Each segment's stretch of the session's text, separator included, before and after the edit. */
  function piecesWith(segment: SegmentText, textBefore: string): Piece[] {
    if (!applied.some(({ segmentId }) => segmentId === segment.segmentId)) {
      applied.push({ segmentId: segment.segmentId, startSample: segment.startSample, text: '' });
      applied.sort((a, b) => a.startSample - b.startSample);
    }
    const before = applied.map(({ text }) => text);
    const after = applied.map(({ segmentId, text }) => (segmentId === segment.segmentId ? segment.text : text));
    const [old, now] = [withSeparators(before, textBefore), withSeparators(after, textBefore)];
    return applied.map(({ segmentId }, index) => ({ segmentId, before: old[index]!, after: now[index]! }));
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
      changes: changesOf(pieces),
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

interface Piece {
  readonly segmentId: string;
  readonly before: string;
  readonly after: string;
}

/** Changes of the whole text, piece by piece: a piece that stays is never touched. */
function changesOf(pieces: readonly Piece[]): Change[] {
  let base = 0;
  return pieces.flatMap(({ segmentId, before, after }) => {
    const changes = reconcile(before, after).map((change) => ({ ...change, segmentId, start: change.start + base }));
    base += before.length;
    return changes;
  });
}
