// Which of the changes that a field tells are our own: the last ones before the answer to a call are that call's.

import { compose, invert } from '../change/changes.ts';
import type { Changes } from '../change/part.ts';
import { changeOf } from '../change/steps.ts';
import type { Move } from '../change/steps.ts';
import type { Unit } from '../change/unit.ts';

/** What a field tells: `length` units at `at` came or went; `text` is what they were, when it says so. */
export interface Told {
  readonly kind: 'insert' | 'delete';
  readonly at: number;
  readonly length: number;
  readonly text?: string;
}

/** Stands for each unit of a text that is not known; it is one unit wherever texts are counted. */
const UNKNOWN = '\u0000';

/** What was told as a change of the field. */
export const changeTold = ({ kind, at, length, text = UNKNOWN.repeat(length) }: Told): Changes =>
  changeOf({ kind, at, text });

/** Whether `told`, all of it together, is what `move` does; a deletion may have met other text than it should. */
export function isDoneBy(move: Move, told: readonly Told[], unit: Unit): boolean {
  const [only] = told;
  if (told.length === 1) return only !== undefined && (fits(move, only, unit) || fitsShorter(move, only, unit));
  const known = told.every(({ text }) => text !== undefined);
  if (!known) return isReplacedWhole(move, told, unit);
  const all = told.map(changeTold).reduce((before, next) => compose(before, next, unit), []);
  return compose(all, invert(changeOf(move)), unit).length === 0;
}

/** One change of this kind, place and length, and of this text where that can be told. */
export function fits(move: Move, { kind, at, length, text = move.text }: Told, unit: Unit): boolean {
  if (move.kind !== kind || move.at !== at || unit.length(move.text) !== length) return false;
  return kind === 'delete' || text === move.text;
}

/** The user made the field shorter than it has to be for the move, which is then done at its end. */
function fitsShorter(move: Move, { kind, at, length, text }: Told, unit: Unit): boolean {
  if (move.kind !== kind) return false;
  return kind === 'delete' ? at === move.at && length < unit.length(move.text) : at < move.at && text === move.text;
}

/** As fields do that are always set as a whole: all of the text goes, and all of the new one comes. */
function isReplacedWhole({ kind, at, text }: Move, told: readonly Told[], unit: Unit): boolean {
  const [gone, come] = told;
  if (told.length !== 2 || gone?.kind !== 'delete' || come?.kind !== 'insert' || gone.at !== come.at) return false;
  const length = unit.length(text);
  if (come.length - gone.length !== (kind === 'insert' ? length : -length)) return false;
  if (kind === 'delete' || come.text === undefined) return true;
  const from = unit.index(come.text, at - come.at);
  return come.text.slice(from, from + text.length) === text;
}
