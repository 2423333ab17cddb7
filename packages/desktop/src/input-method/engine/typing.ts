// One author for a text: the user's keys and our changes go to the client in one order.

import { isRelease, meaningOfKey } from './keysyms.ts';
import type { KeyEvent } from './keysyms.ts';
import type { SurroundingText } from './served.ts';
import { KnownText } from './known-text.ts';
import { codePoints, utf16 } from './known-text.ts';
import { graphemesIn, RIGHT, selectBefore } from './selecting.ts';
import type { SelectingPort } from './selecting.ts';
import type { CaretAct, CaretChange, Changed } from '../messages.ts';

/** What typing does to the client, and who hears of it. */
export interface TypingPort extends SelectingPort {
  /** All that `work` does reaches the client, or nothing of it. */
  together(work: () => void): void;
  commit(text: string): void;
  /** So many of the client's units right before the caret. */
  deleteBefore(units: number): void;
  /** Gives a key to the user's own engine, which composes. True: it took it. What it commits comes to `composed`. */
  compose(event: KeyEvent): Promise<boolean>;
  tell(version: number, act: CaretAct): void;
}

type Reply = (isTaken: boolean) => void;

/** A key that was not ours stands in the client's queue so long, in which something of ours would overtake it. */
const SETTLE_MS = 120;
/** Longer no key is held. */
const MOST_HELD_MS = 1_500;
/** A client tells its text after a change within this time, or never. */
const TOLD_MS = 1_500;
/** A client that tells its text has told it before a change within this time. */
const AGREES_MS = 300;
/** Nobody wants to wait for more keys than these. */
const MOST_KEYS = 300;

const TELLS_TEXT = 1 << 5;
const CAN_WAIT = 1 << 7;

const BACKSPACE = { keysym: 0xff08, keycode: 14 };

/** Left goes to the right there. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Decides of every key who writes it, and makes changes in a moment in which no key is on its way. */
export class Typing {
  readonly #port: TypingPort;
  readonly #known = new KnownText();
  #version = 0;
  /** Whether keys of ours are moving the caret. */
  #isSelecting = false;
  /** Until then something that is not ours may still be in the client's queue. */
  #settledAtMs = 0;
  #isComposing = false;
  /** Whether a key came since the client has the keyboard. Chromium loses all that are pressed for it before its first. */
  #sawKey = false;
  /** Keycodes whose press we took: their release is not for the client either. */
  readonly #taken = new Set<number>();
  /** Keys that wait, because a change is being made or another engine is asked. */
  #held: [KeyEvent, Reply][] = [];
  #isHolding = false;

  constructor(port: TypingPort) {
    this.#port = port;
  }

  get version(): number {
    return this.#version;
  }

  /** What the client says stands before the caret. Absent: it says nothing. */
  get told(): string | undefined {
    return this.#known.told;
  }

  /** Another client or field has the keyboard. */
  focus(): void {
    this.#sawKey = false;
    this.#known.unhear();
  }

  /** What the client says it can (IBusCapabilite). */
  capable(flags: number): void {
    // Of those who know their text, GTK's alone has this one and counts characters.
    this.#known.unit = (flags & CAN_WAIT) === 0 ? utf16 : codePoints;
    if ((flags & TELLS_TEXT) === 0) this.#known.unhear();
  }

  key(event: KeyEvent, reply: Reply): void {
    this.#sawKey = true;
    if (this.#isHolding) this.#held.push([event, reply]);
    else this.#take(event, reply);
  }

  surroundings(text: SurroundingText): void {
    this.#known.hear(text);
  }

  /** The user's own engine made a text of several keys. */
  composed(text: string): void {
    this.#isComposing = false;
    this.#port.commit(text);
    this.#typed(text);
  }

  /** The client moved its caret, by itself or because of a click. */
  reset(): void {
    // Whether it did because of our keys is seen by what is selected then.
    if (!this.#isSelecting) this.cut('clicked');
  }

  /** Nothing is known of the text any more. */
  cut(reason: string): void {
    this.#isComposing = false;
    if (!this.#known.isKnown) return;
    this.#known.forget();
    this.#tell({ kind: 'cut', reason });
  }

  /** Changes what stands before the caret, if nothing was typed since `version`. */
  async change(change: CaretChange): Promise<Changed> {
    if (performance.now() < this.#settledAtMs) this.#isHolding = true;
    try {
      if (!(await this.#settled())) return { kind: 'not-done', reason: 'busy' };
      if (change.version !== this.#version) return { kind: 'stale' };
      if (change.begins) this.#known.begin();
      if (!this.#known.isKnown) return { kind: 'not-done', reason: 'not-known' };
      const tellsText = change.way === 'surrounding' && this.#known.isTold;
      if (change.way === 'surrounding' && change.remove !== '' && !(await this.#known.agrees(AGREES_MS)))
        return { kind: 'not-done', reason: tellsText ? 'text-changed' : 'not-readable' };
      if (change.version !== this.#version) return { kind: 'stale' };
      const refusal = await this.#send(change);
      if (refusal !== undefined) return { kind: 'not-done', reason: refusal };
      const mark = this.#known.replace(change.remove, change.insert);
      this.#tell({ kind: 'changed' });
      if (!tellsText) return { kind: 'done', proof: 'unverified' };
      const isProven = await this.#known.shows(mark, TOLD_MS);
      return isProven ? { kind: 'done', proof: 'verified' } : { kind: 'unproven' };
    } finally {
      this.#release();
    }
  }

  /** Lets all keys that wait go to the client. */
  letGo(): void {
    // Or the first of them would take the place of the text.
    if (this.#isSelecting) this.#port.press(RIGHT, 1);
    this.#release();
  }

  #take(event: KeyEvent, reply: Reply): void {
    if (isRelease(event)) return reply(this.#taken.delete(event.keycode));
    this.#taken.delete(event.keycode);
    const meaning = meaningOfKey(event);
    if (meaning.kind === 'nothing') return reply(false);
    if (this.#isComposing || meaning.kind === 'composing') return void this.#compose(event, reply);
    if (meaning.kind === 'character') this.#character(event, { text: meaning.text, reply });
    else this.#pass(reply);
    if (meaning.kind === 'backspace') this.#erased();
    if (meaning.kind === 'unknown') this.cut(meaning.reason);
  }

  #character({ keycode }: KeyEvent, { text, reply }: { readonly text: string; readonly reply: Reply }): void {
    // Elsewhere keys stay what they are: not all clients keep keys and committed texts in their order.
    if (this.#known.isKnown && performance.now() >= this.#settledAtMs) {
      this.#taken.add(keycode);
      this.#port.commit(text);
      reply(true);
    } else this.#pass(reply);
    this.#typed(text);
  }

  #pass(reply: Reply): void {
    reply(false);
    this.#settledAtMs = Math.max(this.#settledAtMs, performance.now() + SETTLE_MS);
  }

  /** Keys that come meanwhile wait: what they mean depends on what came of this one. */
  async #compose(event: KeyEvent, reply: Reply): Promise<void> {
    this.#isHolding = true;
    this.#isComposing = true;
    const isTaken = await this.#port.compose(event);
    if (isTaken) {
      this.#taken.add(event.keycode);
      reply(true);
    } else {
      this.#isComposing = false;
      const meaning = meaningOfKey(event);
      if (meaning.kind === 'composing') {
        this.#pass(reply);
        this.cut('input-method');
      } else this.#take(event, reply);
    }
    this.#release();
  }

  #typed(text: string): void {
    if (!this.#known.isKnown) return this.#raise();
    this.#known.append(text);
    this.#tell({ kind: 'typed', text });
  }

  #erased(): void {
    if (!this.#known.isKnown) return this.#raise();
    if (this.#known.erase()) this.#tell({ kind: 'erased' });
    else this.cut('deleted-before');
  }

  #raise(): void {
    this.#version += 1;
  }

  #tell(act: CaretAct): void {
    this.#raise();
    this.#port.tell(this.#version, act);
  }

  /** Why nothing was sent. Absent: it was. */
  async #send({ way, remove, insert }: CaretChange): Promise<string | undefined> {
    // Some clients know one paragraph.
    if (remove.includes('\n')) return 'too-far';
    if (way === 'selected' && remove !== '') return this.#sendOverSelection(remove, insert);
    this.#port.together(() => {
      if (remove !== '') this.#port.deleteBefore(this.#known.unit.length(remove));
      if (insert !== '') this.#port.commit(insert);
    });
    return undefined;
  }

  async #sendOverSelection(remove: string, insert: string): Promise<string | undefined> {
    const presses = graphemesIn(remove).length;
    if (!this.#sawKey) return 'keys-not-seen';
    if (presses > MOST_KEYS) return 'too-far';
    if (RIGHT_TO_LEFT.test(remove + insert)) return 'right-to-left';
    this.#isHolding = true;
    this.#isSelecting = true;
    const selected = await selectBefore(this.#port, remove);
    this.#isSelecting = false;
    // Somebody else has the keyboard by now.
    if (!this.#known.isKnown) return 'not-known';
    if (selected === 'same') {
      if (insert === '') this.#port.press(BACKSPACE, 1);
      else this.#port.commit(insert);
    }
    // What is committed may overtake keys that are pressed, never the other way round.
    if (selected !== 'same' || insert === '') this.#settledAtMs = performance.now() + SETTLE_MS;
    if (selected === 'untold') this.cut('not-readable');
    return { same: undefined, different: 'text-changed', untold: 'not-readable' }[selected];
  }

  async #settled(): Promise<boolean> {
    const untilMs = performance.now() + MOST_HELD_MS;
    for (;;) {
      const restMs = this.#settledAtMs - performance.now();
      if (restMs <= 0) return true;
      if (performance.now() + restMs > untilMs) return false;
      if (!this.#isHolding) this.#isHolding = true;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }

  #release(): void {
    this.#isHolding = false;
    while (!this.#isHolding) {
      const next = this.#held.shift();
      if (next === undefined) return;
      this.#take(...next);
    }
  }
}
