// A field that tells what stands around its caret, from our first text in it on: what stands there, and what should.

import { setTimeout as pause } from 'node:timers/promises';
import type { AroundCaret } from '@voiceinput/desktop/wayland';
import { middleChange } from '@voiceinput/field';
import { TypedStretch } from '../input-method/stretch.ts';
import type { PlannedChange } from '../input-method/stretch.ts';
import { editIn, isSameEnd, isSameStart, knownNow, plain, typedBehind } from './around.ts';

export interface SeatFieldPort {
  /** What stands around the caret. Absent: the field does not say, or another one takes text now. */
  around(): AroundCaret | undefined;
  /** Has the field tell what it did not tell yet. */
  refresh(): Promise<void>;
  /** In one step `remove` before the caret goes and `insert` comes. */
  replace(remove: string, insert: string): boolean;
}

/** What became of a change. `unproven`: it may stand there or not; `taken-back`: the caret was moved meanwhile, and what stood there stands there again. */
export type Replaced = 'done' | 'not-sent' | 'unproven' | 'taken-back';

/** A field that does not show a change within this time is given up. */
const SHOWN_MS = 2_000;
/** A key of the user's met ours, which is mended; more often than that, somebody else writes there. */
const MOST_MENDS = 5;
const LOOK_EVERY_MS = 2;

interface Sent {
  readonly remove: string;
  readonly insert: string;
}

/** Follows the field, and replaces what stands before its caret. */
export class SeatField {
  readonly #port: SeatFieldPort;
  #stretch = new TypedStretch(0);
  /** What stands before the caret, and what should: the same but while a change of ours is not proven. */
  #known: string;
  #wanted: string;
  #after: string;
  #sent: Sent | undefined;
  #isTakenBack = false;
  #userAtMs = Number.NEGATIVE_INFINITY;

  /** `around`: what stands there now. */
  constructor(port: SeatFieldPort, around: AroundCaret) {
    this.#port = port;
    this.#known = this.#wanted = around.before;
    this.#after = around.after;
  }

  /** What is known to stand before the caret, from our first text on. */
  get stretch(): TypedStretch {
    return this.#stretch;
  }

  /** Host time of the last thing that the user did there. */
  get userAtMs(): number {
    return this.#userAtMs;
  }

  /** Whether what is told now is what was there. */
  isAsLeft({ before, after, hasSelection }: AroundCaret): boolean {
    return !hasSelection && isSameEnd(this.#known, before) && isSameStart(this.#after, after);
  }

  /** What stood there before is not known any more; what stands there now is. */
  beginAnew({ before, after }: AroundCaret): void {
    this.#stretch = new TypedStretch(0);
    this.#known = this.#wanted = before;
    this.#after = after;
  }

  /** Takes in what the field tells. */
  hear(around: AroundCaret): void {
    const { before } = around;
    if (this.#sent !== undefined && this.#isShownIn(around, this.#sent)) return;
    const edit = around.hasSelection ? undefined : editIn(this.#known, before);
    if (edit?.erased === 0 && edit.typed === '' && isSameStart(this.#after, around.after)) return;
    this.#userAtMs = performance.now();
    if (edit === undefined || !isSameStart(this.#after, around.after)) {
      // Where a change went that is on its way shows when it comes.
      if (this.#sent === undefined) this.#stretch.end('caret-moved');
      return;
    }
    const erased = Array.from(this.#known.slice(this.#known.length - edit.erased));
    for (let count = 0; count < erased.length; count += 1) this.#stretch.hear(0, { kind: 'erased' });
    if (edit.typed !== '') this.#stretch.hear(0, { kind: 'typed', text: edit.typed });
    this.#known = knownNow(this.#known.slice(0, this.#known.length - edit.erased) + edit.typed, before);
    const kept = Array.from(this.#wanted)
      .slice(0, Array.from(this.#wanted).length - erased.length)
      .join('');
    this.#wanted = this.#sent === undefined ? this.#known : kept + edit.typed;
  }

  /** Replaces what is before the caret as planned; what the user types meanwhile stays behind it. */
  async change(planned: PlannedChange): Promise<Replaced> {
    this.#stretch.send(planned);
    this.#isTakenBack = false;
    const { length } = this.#known;
    this.#wanted = this.#known.slice(0, length - planned.remove.length) + planned.insert;
    for (let sent = 0; sent <= MOST_MENDS && this.#stretch.endedBy === undefined; sent += 1) {
      if (!this.#send()) return sent === 0 ? 'not-sent' : this.#giveUp();
      if (!(await this.#untilShown())) break;
      if (plain(this.#known) !== plain(this.#wanted)) continue;
      if (!this.#isTakenBack) return 'done';
      this.#stretch.end('caret-moved');
      return 'taken-back';
    }
    return this.#giveUp();
  }

  #giveUp(): Replaced {
    this.#sent = undefined;
    this.#stretch.end('not-verified');
    return 'unproven';
  }

  /** All from the first character that differs goes and comes again. */
  #send(): boolean {
    const [difference] = middleChange(this.#known, this.#wanted);
    const start = difference?.start ?? this.#known.length;
    this.#sent = { remove: this.#known.slice(start), insert: this.#wanted.slice(start) };
    return this.#port.replace(this.#sent.remove, this.#sent.insert);
  }

  /** Whether `around` is, or may still become, what a change that was sent makes of the text. */
  #isShownIn(around: AroundCaret, sent: Sent): boolean {
    const { before, after, hasSelection } = around;
    if (!isSameStart(this.#after, after))
      return !hasSelection && (this.#isInsertedIn(around, sent) || this.#isMovedIn(around, sent));
    const { remove, insert } = sent;
    const known = this.#known;
    const kept = known.length - remove.length;
    for (const end of endsNear(kept, known.length)) {
      const typed = typedBehind(known.slice(0, end) + insert, before);
      if (typed === undefined) continue;
      this.#show(knownNow(known.slice(0, end) + insert + typed, before), typed);
      return true;
    }
    const at = remove === '' && insert !== '' ? before.lastIndexOf(insert) : -1;
    const earlier = at < 0 ? undefined : typedBehind(known, before.slice(0, at));
    if (earlier !== undefined) {
      this.#show(knownNow(known + earlier + before.slice(at), before), earlier + before.slice(at + insert.length));
      return true;
    }
    // Some tell first that the old text has gone.
    return remove !== '' && insert !== '' && isSameEnd(known.slice(0, kept), before);
  }

  /** New text stands behind what was known. Pages that tell what is none behind the caret, as Monaco, are not followed. */
  #isInsertedIn({ before, after }: AroundCaret, { remove, insert }: Sent): boolean {
    const typed = remove === '' ? typedBehind(this.#known + insert, before) : undefined;
    if (typed === undefined) return false;
    this.#after = after;
    this.#show(knownNow(this.#known + insert + typed, before), typed);
    this.#stretch.end('text-changed');
    return true;
  }

  /** The caret was moved behind a change of ours, or the change came where the caret had been moved to. */
  #isMovedIn({ before, after }: AroundCaret, sent: Sent): boolean {
    if (plain(before + after) === plain(this.#wanted + this.#after)) {
      this.#show(this.#wanted, '');
      this.#stretch.end('caret-moved');
      return true;
    }
    const restored = beforeMoved({ before, after }, this.#known + this.#after, sent);
    if (restored === undefined) return false;
    [this.#known, this.#wanted, this.#after, this.#sent] = [before, restored, after, undefined];
    return (this.#isTakenBack = true);
  }

  /** A change of ours stands there, and behind it what the user typed. */
  #show(known: string, typed: string): void {
    this.#known = known;
    this.#wanted += typed;
    this.#sent = undefined;
    this.#stretch.hear(0, { kind: 'changed' });
    if (typed === '') return;
    this.#stretch.hear(0, { kind: 'typed', text: typed });
    this.#userAtMs = performance.now();
  }

  async #untilShown(): Promise<boolean> {
    const untilMs = performance.now() + SHOWN_MS;
    while (this.#sent !== undefined && performance.now() < untilMs) {
      if (this.#stretch.endedBy !== undefined || this.#port.around() === undefined) return false;
      await this.#port.refresh();
      await pause(LOOK_EVERY_MS);
    }
    return this.#sent === undefined;
  }
}

/** What a user selects with Shift in so short a time. */
const MOST_SELECTED_UNITS = 8;

/**
 * How much may be left of a text of which `kept` units should be: a key that nobody told of met the deletion, what was just
 * selected went with it, or a field had not told its last change and deleted nothing.
 */
function endsNear(kept: number, length: number): readonly number[] {
  const fewer = Array.from({ length: MOST_SELECTED_UNITS }, (_, index) => kept - index - 1);
  return [kept, kept + 1, kept + 2, length, ...fewer].filter((end) => end >= 0 && end <= length);
}

/**
 * What should stand before a caret that was moved right before a change of ours came: `whole` was there before, and what the
 * user typed since. Absent when that is not what was done.
 */
function beforeMoved(
  { before, after }: Pick<AroundCaret, 'before' | 'after'>,
  whole: string,
  { remove, insert }: Sent,
): string | undefined {
  const at = insert === '' ? -1 : before.lastIndexOf(insert);
  if (at < 0 || !whole.endsWith(after)) return undefined;
  const [head, typed] = [before.slice(0, at), before.slice(at + insert.length)];
  const place = whole.length - after.length;
  if (head === whole.slice(0, Math.max(0, place - remove.length))) return whole.slice(0, place) + typed;
  // Nothing goes where less stands before the caret than should go.
  const earlier = typedBehind(whole.slice(0, place), head);
  return earlier === undefined ? undefined : whole.slice(0, place) + earlier + typed;
}
