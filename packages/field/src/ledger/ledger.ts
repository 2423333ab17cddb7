// From what a field tells about its changes: whose they are, and where our stretches are now.

import { compose, invert, mapOver } from '../change/changes.ts';
import type { Changes } from '../change/part.ts';
import { changeOf, movesOf } from '../change/steps.ts';
import type { Move } from '../change/steps.ts';
import { codePoints, utf16 } from '../change/unit.ts';
import type { Unit } from '../change/unit.ts';
import { Attribution } from './attribution.ts';
import { layoutAfter, pinsAfterOurs } from './layout.ts';
import type { Layout, Pin } from './layout.ts';
import { isSame } from './span.ts';
import type { Owner, Span } from './span.ts';
import { changeTold } from './told.ts';
import type { Told } from './told.ts';
import { written } from './written.ts';
import type { Step } from './written.ts';

/**
 * Keeps the stretches of one field that are ours.
 *
 * While it is written, two changes lead away from the field as it is: one to the field as it should be, and one back to
 * how it was before, both with all that the user did meanwhile. A change of ours shortens the first and lengthens the
 * second; one of the user's goes through both. So whatever is left to do, or to take back, is always known.
 */
export class Ledger {
  #unit: Unit;
  readonly #attribution: Attribution;
  /** The field as it was before the writing, and as it should be after it: the same when nothing is written. */
  #was: Layout = { spans: [], pins: new Map() };
  #will: Layout = this.#was;
  #todo: Changes = [];
  #undo: Changes = [];
  /** As they were planned; any later round follows from what is left. */
  #planned: readonly Step[] | undefined;
  #owners: readonly Owner[] = [];
  #version = 0;

  constructor(unit: Unit) {
    this.#unit = unit;
    this.#attribution = new Attribution(() => this.#unit, {
      ours: (move, told) => this.#takeOurs(move, told),
      foreign: (told) => this.#takeForeign(told),
    });
  }

  get unit(): Unit {
    return this.#unit;
  }

  /** In the field as it is, or while it is written as it should be. */
  get spans(): readonly Span[] {
    return this.#will.spans;
  }

  /** Grows with each change that is not our own. */
  get version(): number {
    return this.#version;
  }

  /** Moves that are sent and not answered, in order. */
  get sent(): readonly Move[] {
    return this.#attribution.sent;
  }

  pin(name: string, pin: Pin): void {
    this.#was = { ...this.#was, pins: new Map(this.#was.pins).set(name, pin) };
    this.#will = { ...this.#will, pins: new Map(this.#will.pins).set(name, pin) };
  }

  /** Where a pinned place is. Absent when it was not pinned. */
  pinned(name: string): number | undefined {
    return this.#will.pins.get(name)?.at;
  }

  unpin(name: string): void {
    const without = (layout: Layout): Layout => ({
      ...layout,
      pins: new Map([...layout.pins].filter(([pinned]) => pinned !== name)),
    });
    this.#will = without(this.#will);
    this.#was = without(this.#was);
  }

  /** Begins to write: the field should become what `steps`, done in this order, make of it. */
  begin(steps: readonly Step[]): void {
    this.#attribution.begin();
    this.#was = this.#will;
    this.#undo = [];
    this.#owners = steps.map(({ owner }) => owner);
    this.#plan(steps);
  }

  /**
   * What is to be done now, in order: what is left, or, once the user touched one of the stretches that change, what
   * takes back what was done. Empty when the one or the other is reached.
   */
  left(): readonly Move[] {
    if (this.#planned !== undefined && this.#undo.length === 0) return this.#planned;
    return movesOf(this.#todo.length > 0 && this.#isTouched ? this.#undo : this.#todo, this.#unit);
  }

  /** Whether a writing is not ended yet. */
  get isWriting(): boolean {
    return this.#owners.length > 0;
  }

  /** Takes in steps of ours that were done as they should, where nothing is told and nothing answered. */
  did(steps: readonly Step[]): void {
    this.begin(steps);
    [this.#todo, this.#undo] = [[], []];
    this.end();
  }

  /** Announces a call, in the order in which calls go out. */
  send(move: Move): void {
    this.#attribution.send(move);
  }

  /** The oldest call was answered. */
  answer(isDone: boolean): void {
    this.#attribution.answer(isDone);
  }

  /** Takes in one change of the field. */
  hear(told: Told): void {
    this.#learnUnit(told);
    this.#attribution.hear(told);
  }

  /** Ends the writing. `done`: the field is as it should be; `undone`: as before; `half`: neither, so what changed is given up. */
  end(): 'done' | 'undone' | 'half' {
    const how = this.#todo.length === 0 ? 'done' : this.#undo.length === 0 ? 'undone' : 'half';
    if (how === 'half') {
      const now = layoutAfter(this.#was, invert(this.#undo), this.#unit);
      this.#will = {
        ...now,
        spans: now.spans.map((span) => (this.#isOwner(span) ? { ...span, touched: true } : span)),
      };
    } else if (how === 'undone') this.#will = this.#was;
    this.#stop();
    return how;
  }

  /** Sets the stretches to what the field was found to hold. */
  reset(spans: readonly Span[]): void {
    this.#will = { ...this.#will, spans };
    this.#stop();
  }

  /** Forgets a dictation. */
  forget(sessionId: string): void {
    const spans = this.#will.spans.filter((span) => span.sessionId !== sessionId);
    this.#will = { ...this.#will, spans };
    this.#was = { ...this.#was, spans: this.#was.spans.filter((span) => span.sessionId !== sessionId) };
  }

  #plan(steps: readonly Step[]): void {
    this.#planned = steps;
    this.#todo = steps.map(changeOf).reduce((done, next) => compose(done, next, this.#unit), []);
    this.#will = {
      spans: steps.reduce<readonly Span[]>((spans, step) => written(spans, step, this.#unit), this.#was.spans),
      pins: pinsAfterOurs(this.#was.pins, this.#todo, this.#unit),
    };
  }

  #stop(): void {
    this.#was = this.#will;
    [this.#todo, this.#undo, this.#owners, this.#planned] = [[], [], [], undefined];
  }

  get #isTouched(): boolean {
    return [...this.#was.spans, ...this.#will.spans].some((span) => span.touched && this.#isOwner(span));
  }

  #isOwner(span: Owner): boolean {
    return this.#owners.some((owner) => isSame(owner, span));
  }

  /** A step that deletes may have met other text than it should: the user's, which then has to come back. */
  #takeOurs(move: Move, told: readonly Told[]): void {
    const [only] = told;
    const isKnown = told.length === 1 && only?.text !== undefined;
    this.#planned = undefined;
    const back = invert(isKnown ? changeTold(only) : changeOf(move));
    this.#todo = compose(back, this.#todo, this.#unit);
    this.#undo = compose(back, this.#undo, this.#unit);
  }

  #takeForeign(told: Told): void {
    const unit = this.#unit;
    const change = changeTold(told);
    this.#version += 1;
    this.#planned = undefined;
    const was = layoutAfter(this.#was, mapOver(change, this.#undo, { unit, first: 'mine' }), unit);
    this.#will =
      this.#will === this.#was
        ? was
        : layoutAfter(this.#will, mapOver(change, this.#todo, { unit, first: 'mine' }), unit);
    this.#was = was;
    this.#todo = mapOver(this.#todo, change, { unit });
    this.#undo = mapOver(this.#undo, change, { unit });
  }

  /** A toolkit may not count as it is known to: the first text with a character outside the basic plane shows it. */
  #learnUnit({ kind, length, text }: Told): void {
    if (kind !== 'insert' || text === undefined || this.#unit.length(text) === length) return;
    const fitting = [codePoints, utf16].find((unit) => unit.length(text) === length);
    if (fitting === undefined) return;
    this.#unit = fitting;
    const measured = (spans: readonly Span[]): readonly Span[] =>
      spans.map((span) => ({ ...span, length: fitting.length(span.text) }));
    this.#was = { ...this.#was, spans: measured(this.#was.spans) };
    if (this.#planned !== undefined) this.#plan(this.#planned);
    else this.#will = { ...this.#will, spans: measured(this.#will.spans) };
  }
}
