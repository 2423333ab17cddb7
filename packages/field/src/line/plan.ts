// Which keys bring a change into a window that cannot be read.

import { middleChange } from '../segments/pieces.ts';
import type { Rewrite } from '../segments/pieces.ts';
import { place } from '../segments/place.ts';
import { endOf, isSame } from '../ledger/span.ts';
import type { Span } from '../ledger/span.ts';
import { graphemes } from '../change/unit.ts';
import { written } from '../ledger/written.ts';
import type { Step } from '../ledger/written.ts';
import type { Line } from './line.ts';

/** So many times Left, then `removed` before the caret goes and `text` comes, and as many times Right. */
export interface Burst {
  readonly left: number;
  /** So many graphemes. */
  readonly remove: number;
  readonly removed: string;
  readonly text: string;
  /** What it means for our stretches. */
  readonly steps: readonly Step[];
}

export interface Wish {
  readonly sessionId: string;
  readonly segmentId: string;
  readonly rewrites: readonly Rewrite[];
  /** Whether the whole stretch goes and comes again, so that all of it can be compared before. Default: what differs. */
  readonly isWhole?: boolean;
}

export type Planned =
  | { readonly kind: 'burst'; readonly burst: Burst }
  | { readonly kind: 'touched' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Left goes to the right there. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** Nobody sees so many keys as anything but an attack on the field. */
const MOST_KEYS = 2_000;

/** Only one stretch with nothing of the user's inside can be changed at once. */
export function plan(line: Line, { sessionId, segmentId, rewrites, isWhole = false }: Wish): Planned {
  if (line.endedBy !== undefined) return { kind: 'unknown', reason: line.endedBy };
  const placed = place({ sessionId, segmentId, rewrites, spans: line.spans, caret: line.end, unit: graphemes });
  if (placed.kind === 'touched') return placed;
  if (placed.kind === 'lost') return { kind: 'unknown', reason: 'not-watched' };
  const { steps } = placed;
  const isOurs = (span: Span): boolean => steps.some(({ owner }) => isSame(owner, span));
  const before = line.spans.filter(isOurs);
  const after = steps.reduce((spans, step) => written(spans, step, graphemes), line.spans).filter(isOurs);
  if (!areTogether(before) || !areTogether(after)) return { kind: 'unknown', reason: 'typed-between' };

  const start = before[0]?.start ?? after[0]?.start ?? line.end;
  const [old, now] = [textOf(before), textOf(after)];
  const all = { start: 0, remove: old.length, insert: now };
  const {
    start: from,
    remove,
    insert,
  } = isWhole ? all : (middleChange(old, now)[0] ?? { start: 0, remove: 0, insert: '' });
  const behind = textOf(line.spans.filter((span) => span.start > start));
  if (RIGHT_TO_LEFT.test(old + insert + behind)) return { kind: 'unknown', reason: 'right-to-left' };
  const left = line.end - start - graphemes.length(old.slice(0, from + remove));
  const removed = old.slice(from, from + remove);
  const count = graphemes.length(removed);
  if (2 * (left + count) > MOST_KEYS) return { kind: 'unknown', reason: 'too-far' };
  return { kind: 'burst', burst: { left, remove: count, removed, text: insert, steps } };
}

const areTogether = (spans: readonly Span[]): boolean =>
  spans.every((span, index) => index === 0 || endOf(spans[index - 1]!) === span.start);

const textOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
