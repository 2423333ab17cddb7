// Where the user's caret goes when a field is written to: it stays where the user sees it, and moves on with what is typed.

import { caretAfter } from '@voiceinput/field';
import type { Ledger, Move } from '@voiceinput/field';
import type { Field, Selection } from './field.ts';

/** What was seen of the caret before. */
export interface CaretSight {
  readonly caret: number;
  readonly selection: Selection | undefined;
  /** The ledger's. */
  readonly version: number;
  /** Of the whole field. */
  readonly length: number;
  /** Whether the caret stays before text that appears right there. */
  readonly staysBefore?: boolean;
}

/** Where the caret belongs, and where it is in a field that leaves it before our text. */
const CARET = 'caret';
const LEFT = 'caret left behind';

/** Follows where the caret belongs, from before a writing on. */
export function followCaret(ledger: Ledger, { caret, staysBefore = false }: CaretSight): void {
  ledger.pin(CARET, { at: caret, side: 'after', ownSide: staysBefore ? 'before' : 'after' });
  ledger.pin(LEFT, { at: caret, side: 'after', ownSide: 'before' });
}

/**
 * Whether the caret is put where it belongs in the same write as the text. Where the field may keep it by itself it is
 * not: a key of the user's that is already there has moved it on, and the next one would come before that one.
 */
export const isCaretPut = ({ keepsCaret }: Field, { staysBefore = false }: CaretSight): boolean =>
  keepsCaret === false || staysBefore;

/** Puts the caret, or the selection, where it belongs after `moves`. */
export async function keepCaret(field: Field, moves: readonly Move[], sight: CaretSight): Promise<void> {
  const { caret, selection, staysBefore = false } = sight;
  if (staysBefore) return field.setCaret(caret);
  if (isAtEnd(field, sight)) return field.setCaretToEnd();
  const after = (at: number): number => caretAfter(at, moves, field.ledger.unit);
  if (selection === undefined) return field.setCaret(after(caret));
  const { start, end } = selection;
  return field.select(after(caret === start ? end : start), after(caret));
}

/** Learns from where the caret is after `moves` whether the field keeps it, and puts it right where it does not. */
export async function learnCaret(
  field: Field,
  moves: readonly Move[],
  { sight, caret }: { readonly sight: CaretSight; readonly caret: number },
): Promise<void> {
  if (sight.version !== field.ledger.version) return;
  const isKept = caret === caretAfter(sight.caret, moves, field.ledger.unit);
  // A caret at the end of the text says nothing: some fields put it there whenever they are written to.
  if (!isKept || sight.caret < sight.length) field.keepsCaret = isKept;
  if (!isKept && sight.staysBefore !== true) await keepCaret(field, moves, sight);
}

/** Puts the caret right after a writing in which keys came between our calls: it is where it had been, or before our text. */
export async function correctCaret(field: Field, sight: CaretSight): Promise<void> {
  const { ledger, keepsCaret } = field;
  if (sight.version === ledger.version) return;
  const [caret, left] = [ledger.pinned(CARET)!, ledger.pinned(LEFT)!];
  const isLeft = keepsCaret === undefined && caret !== left && (await field.caret()) === left;
  if (!isCaretPut(field, sight) && !isLeft) return;
  await (isAtEnd(field, sight) ? field.setCaretToEnd() : field.setCaret(caret));
}

/** The end stays the end, whatever the user types there meanwhile. */
const isAtEnd = ({ traits }: Field, { caret, length, selection, staysBefore = false }: CaretSight): boolean =>
  traits.isSingleLine && caret === length && selection === undefined && !staysBefore;
