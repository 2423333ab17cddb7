// What of our own steps can still be taken back after the user came between them.

import type { FieldEdit } from './span.ts';
import type { Unit } from './unit.ts';
import type { Step } from './write.ts';

/** What a step did, where it is now: text that came, or a place from which text went. */
export type Done = Pick<Step, 'kind' | 'at' | 'text'>;

/** `done` after a change of the field. Text that the user typed into ours divides it; what the user deleted of it is gone. */
export function followed(done: readonly Done[], edit: FieldEdit, unit: Unit): Done[] {
  return done.flatMap((one) => (one.kind === 'delete' ? [moved(one, edit)] : divided(one, edit, unit)));
}

/** The steps that undo `done`, in this order. */
export function undoing(done: readonly Done[], unit: Unit): Done[] {
  const newest = done.at(-1);
  if (newest === undefined) return [];
  const step: Done = { ...newest, kind: newest.kind === 'insert' ? 'delete' : 'insert' };
  return [step, ...undoing(followed(done.slice(0, -1), editOf(step, unit), unit), unit)];
}

/** `done` after one of the steps that undo it. */
export function undone(done: readonly Done[], step: Done, unit: Unit): Done[] {
  // Text that came and goes again is cut away by that itself.
  const restored = done.findLastIndex(
    ({ kind, text }) => step.kind === 'insert' && kind === 'delete' && text === step.text,
  );
  const rest = restored === -1 ? done : done.toSpliced(restored, 1);
  return followed(rest, editOf(step, unit), unit);
}

/** What a step of ours is as a change of the field. */
export function editOf({ kind, at, text }: Done, unit: Unit): FieldEdit {
  const length = unit.length(text);
  return kind === 'delete' ? { at, remove: length, insert: 0 } : { at, remove: 0, insert: length };
}

function moved(one: Done, { at, remove, insert }: FieldEdit): Done {
  if (at > one.at) return one;
  return { ...one, at: Math.max(at, one.at - remove) + insert };
}

function divided(one: Done, { at, remove, insert }: FieldEdit, unit: Unit): Done[] {
  const end = one.at + unit.length(one.text);
  const part = (from: number, to: number): string =>
    one.text.slice(unit.index(one.text, from - one.at), unit.index(one.text, to - one.at));
  const before = { ...one, text: part(one.at, Math.min(Math.max(at, one.at), end)) };
  const from = Math.min(Math.max(at + remove, one.at), end);
  const after = { ...one, at: from + (at <= from ? insert - Math.min(remove, from - at) : 0), text: part(from, end) };
  return [before, after].filter(({ text }) => text !== '');
}
