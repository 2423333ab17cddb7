// From what a field tells about its changes: which of them are our own and where our stretches are now.

import { editOf, followed, undoing, undone } from './done.ts';
import type { Done } from './done.ts';
import { rebased } from './rebase.ts';
import type { FieldEdit, Owner, Span } from './span.ts';
import type { Unit } from './unit.ts';
import { written } from './write.ts';
import type { Step } from './write.ts';

/** What a field tells: `length` units at `at` came or went; `text` is what they were, when it says so. */
export interface Told {
  readonly kind: 'insert' | 'delete';
  readonly at: number;
  readonly length: number;
  readonly text?: string;
}

/** Text of the user's that a step of ours took, and where it belongs. */
export interface Taken {
  readonly at: number;
  readonly text: string;
}

const NOBODY: Owner = { sessionId: '', segmentId: '' };
const UNDOING: Owner = { sessionId: '', segmentId: 'undoing' };

/** Keeps the stretches of one field that are ours, in the order in which the field changed. */
export class Ledger {
  readonly unit: Unit;
  #spans: readonly Span[] = [];
  #expected: Step[] = [];
  /** Steps that the field has not told about yet, though it did them. */
  #late: Step[] = [];
  /** Places are as if it were all back already, and so are those of the spans. */
  #taken: Taken[] = [];
  #done: readonly Done[] = [];
  #version = 0;
  #caret = 0;

  constructor(unit: Unit) {
    this.unit = unit;
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** Grows with each change that is not our own. */
  get version(): number {
    return this.#version;
  }

  /** Our own steps that the field has not told about yet. */
  get expected(): readonly Step[] {
    return this.#expected;
  }

  /** Where a caret that was at the place of `begin` is now, had it stayed with the text around it. */
  get caret(): number {
    return this.#caret;
  }

  /** Begins a change: the caret is here, and nothing is done yet. */
  begin(caret: number): void {
    this.#caret = caret;
    this.#done = [];
  }

  /** Where text that came since `begin` stands. */
  get inserted(): readonly Done[] {
    return this.#done.filter(({ kind }) => kind === 'insert');
  }

  /** What would take back all that was done since `begin`, in this order; the user's own text stays. */
  get undoing(): readonly Step[] {
    return undoing(this.#done, this.unit).map((step) => ({ ...step, owner: UNDOING }));
  }

  /** Announces our own steps, in the order in which the field will do them. */
  expect(steps: readonly Step[]): void {
    this.#late = [];
    this.#expected.push(...steps);
  }

  /** Takes in one change of the field. */
  hear(told: Told): void {
    const index = this.#expected.findIndex((step) => this.#fits(step, told));
    const step = this.#expected[index];
    if (step === undefined) {
      if (!this.#wasLate(told)) this.#takeForeign(told);
      return;
    }
    for (const untold of this.#expected.splice(0, index + 1).slice(0, -1)) this.#assume(untold);
    if (step.kind === 'delete' && told.text !== undefined && told.text !== step.text) {
      this.#taken.push({ at: this.#asIfBack(told.at), text: told.text });
    } else this.#do({ ...step, at: this.#asIfBack(step.at) });
  }

  /** The field has answered to all steps: those that it did not tell about were done as well. */
  settle(): void {
    for (const step of this.#expected.splice(0)) this.#assume(step);
  }

  /** Whether steps of ours took text of the user's that is not back yet. */
  get hasTaken(): boolean {
    return this.#taken.length > 0;
  }

  /**
   * What our own steps took from the user, who was faster: to be put back in this order, each to its place. That it
   * comes back is expected then and moves nothing.
   */
  giveBack(): readonly Taken[] {
    const taken = this.#taken.splice(0).toSorted((a, b) => a.at - b.at);
    this.#late.push(...taken.map(({ at, text }): Step => ({ kind: 'insert', owner: NOBODY, at, text })));
    return taken;
  }

  /** Sets the stretches to what the field was found to hold. */
  reset(spans: readonly Span[]): void {
    this.#spans = spans;
    this.#expected = [];
  }

  /** Forgets a dictation. */
  forget(sessionId: string): void {
    this.#spans = this.#spans.filter((span) => span.sessionId !== sessionId);
  }

  /** A step that deletes may have met other text than it should; one that inserts cannot. */
  #fits(step: Step, { kind, at, length, text = step.text }: Told): boolean {
    if (step.kind !== kind || step.at !== at || this.unit.length(step.text) !== length) return false;
    return kind === 'delete' || text === step.text;
  }

  #assume(step: Step): void {
    this.#do(step);
    this.#late.push(step);
  }

  #do(step: Step): void {
    const length = this.unit.length(step.text);
    this.#spans = written(this.#spans, step, this.unit);
    this.#move(step.kind, step.at, length);
    this.#done =
      step.owner === UNDOING
        ? undone(this.#done, step, this.unit)
        : [...followed(this.#done, editOf(step, this.unit), this.unit), step];
  }

  #wasLate(told: Told): boolean {
    const index = this.#late.findIndex((step) => this.#fits(step, told) && (told.text ?? step.text) === step.text);
    if (index === -1) return false;
    this.#late.splice(index, 1);
    return true;
  }

  #takeForeign({ kind, at: toldAt, length }: Told): void {
    const at = this.#asIfBack(toldAt);
    const edit: FieldEdit = kind === 'delete' ? { at, remove: length, insert: 0 } : { at, remove: 0, insert: length };
    this.#version += 1;
    this.#spans = rebased(this.#spans, edit);
    this.#done = followed(this.#done, edit, this.unit);
    this.#move(kind, at, length);
  }

  #asIfBack(at: number): number {
    return this.#taken
      .toSorted((a, b) => a.at - b.at)
      .reduce((place, taken) => (taken.at < place ? place + this.unit.length(taken.text) : place), at);
  }

  #move(kind: Told['kind'], at: number, length: number): void {
    const by = kind === 'insert' ? length : -length;
    this.#taken = this.#taken.map((taken) => (at <= taken.at ? { ...taken, at: taken.at + by } : taken));
    if (at <= this.#caret) this.#caret = Math.max(at, this.#caret + by);
  }
}
