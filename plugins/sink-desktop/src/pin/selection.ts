// What was selected when a dictation began: its text takes the place of that, and taking it back brings that again.

import { isSame } from '@voiceinput/field';
import type { Rewrite, Span, Step } from '@voiceinput/field';
import type { Field } from '../accessibility/field.ts';

/** Stands for the selection where a step needs an owner. */
const SELECTION = 'selection';
let count = 0;

export interface ReplacedSelection {
  /** Whether text of the dictation stands in its place. */
  readonly isReplaced: boolean;
  /** Where it is. Absent when it is not as it was: then nothing of it may go. */
  place(): Promise<{ readonly start: number; readonly end: number } | undefined>;
  /** `steps` with what they mean for the selection: new text takes its place, and when all text goes, it comes again. */
  with(steps: readonly Step[], change: SelectionChange): readonly Step[];
  /** Takes in that the steps were done. */
  did(steps: readonly Step[]): void;
}

export interface SelectionChange {
  readonly sessionId: string;
  /** All segments of the dictation. */
  readonly rewrites: readonly Pick<Rewrite, 'after'>[];
  readonly spans: readonly Span[];
  /** Where the selection starts. Absent: it stays as it is. */
  readonly start: number | undefined;
}

/** Remembers what is selected in `field`. Absent when nothing is. */
export async function pinSelection(field: Field): Promise<ReplacedSelection | undefined> {
  const selected = field.traits.isPassword ? undefined : await field.selection();
  if (selected === undefined) return undefined;
  const { ledger } = field;
  const text = await field.text(selected.start, selected.end);
  const names = [`selection ${(count += 1)} start`, `selection ${count} end`] as const;
  let isReplaced = false;
  pinAt(selected.start);

  /** What is typed right beside it does not belong to it. */
  function pinAt(start: number): void {
    ledger.pin(names[0], { at: start, side: 'after' });
    ledger.pin(names[1], { at: start + ledger.unit.length(text), side: 'before' });
  }

  const isItsOwn = ({ owner }: Step): boolean => owner.segmentId === SELECTION;

  return {
    get isReplaced() {
      return isReplaced;
    },
    async place() {
      const [start, end] = names.map((name) => ledger.pinned(name));
      if (isReplaced || start === undefined || end === undefined || end <= start) return undefined;
      return (await field.text(start, end)) === text ? { start, end } : undefined;
    },
    with(steps, { sessionId, rewrites, spans, start }) {
      const [first] = steps;
      const owner = { sessionId, segmentId: SELECTION };
      if (first === undefined) return steps;
      if (!isReplaced && start !== undefined) return [{ kind: 'delete', owner, at: start, text }, ...steps];
      const own = spans.filter((span) => span.sessionId === sessionId);
      const isTouched = own.some(({ touched }) => touched);
      if (!isReplaced || isTouched || rewrites.some(({ after }) => after !== '')) return steps;
      return [...steps, { kind: 'insert', owner, at: Math.min(...own.map((span) => span.start)), text }];
    },
    did(steps) {
      const own = steps.find(isItsOwn);
      if (own === undefined) return;
      isReplaced = own.kind === 'delete';
      const back = ledger.spans.find((span) => isSame(span, own.owner));
      // It is the user's again.
      if (back === undefined) return;
      pinAt(back.start);
      ledger.forget(back.sessionId);
    },
  };
}
