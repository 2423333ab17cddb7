// A program that takes text, as far as the engine can tell: what it is sent comes in order, its keys wait in a queue.

import type { KeyEvent } from '../../src/input-method/engine/keysyms.ts';
import type { TypingPort } from '../../src/input-method/engine/typing.ts';
import { Typing } from '../../src/input-method/engine/typing.ts';
import type { CaretAct, MendingWay } from '../../src/input-method/messages.ts';
import { selectedIn } from '../../src/clipboard/selected.ts';

const RELEASED = 1 << 30;
const BACKSPACE = 0xff08;
const SHIFT = 0xffe1;
const LEFT = 0xff51;
const RIGHT = 0xff53;
const SIGNAL_MS = 1;

export interface ClientOptions {
  /** How long each key waits in the program's own queue. */
  keyMs(): number;
  /** Whether it tells the text around its caret. */
  readonly tells: boolean;
  /** What the program makes of its text by itself. Absent: nothing. */
  change?(text: string): string;
  /** Whether a key that selects is lost, as where a line wraps. Default: none is. */
  isLost?(): boolean;
  /** Whether it says what is selected. Default: yes. */
  readonly saysSelected?: boolean;
}

const TOLD_IN = { stillMs: 80, nothingMs: 300, silentMs: 1_000 };

/** Holds what its user typed and what the engine sent. All characters are of one UTF-16 unit. */
export class Client {
  text = '';
  caret = 0;
  /** Where what is selected begins or ends. Absent: nothing is. */
  anchor: number | undefined;
  /** What was selected last, as others are told. */
  primary: string | undefined;
  /** What the engine told of the text from its first insertion to the caret. */
  known = '';
  version = 0;
  cut: string | undefined;
  readonly typing: Typing;
  readonly #options: ClientOptions;
  #sent: { readonly remove: string; readonly insert: string } | undefined;
  #queuedUntilMs = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    const port: TypingPort = {
      together: (work) => work(),
      commit: (text) => this.#soon(() => this.#insert(text)),
      deleteBefore: (units) => this.#soon(() => this.#remove(units)),
      press: ({ keysym, isShifted = false }, times) =>
        this.#soon(() => {
          for (let count = 0; count < times; count += 1) this.#queue(keysym, isShifted);
        }),
      selected: (question) =>
        selectedIn({ selected: () => Promise.resolve(this.#told()) }, { ...question, ...TOLD_IN }),
      compose: async () => false,
      tell: (version, act) => this.#hear(version, act),
    };
    this.typing = new Typing(port);
    this.typing.capable(options.tells ? (1 << 5) | (1 << 7) : 1 << 7);
  }

  /** The user presses a key and lets go of it. */
  press(keysym: number): void {
    for (const state of [0, RELEASED]) {
      const event: KeyEvent = { keysym, keycode: keysym & 0xff, state };
      this.typing.key(event, (isTaken) => {
        if (!isTaken && state === 0) this.#soon(() => this.#queue(keysym));
      });
    }
  }

  /** Changes the end of the known text to `text` and what was typed since; again as often as the user is faster. */
  async change(from: string, to: string, way: MendingWay): Promise<string> {
    for (let tries = 0; tries < 50; tries += 1) {
      const begins = this.known === '' && from === '';
      const typed = this.known.slice(from.length);
      const change = begins ? { remove: '', insert: to } : { remove: this.known, insert: to + typed };
      this.#sent = change;
      this.primary = undefined;
      const { kind, ...rest } = await this.typing.change({ ...change, version: this.typing.version, begins, way });
      if (kind !== 'stale') return 'reason' in rest ? rest.reason : kind;
    }
    return 'busy';
  }

  #hear(version: number, act: CaretAct): void {
    this.version = version;
    if (act.kind === 'typed') this.known += act.text;
    if (act.kind === 'erased') this.known = this.known.slice(0, -1);
    if (act.kind === 'cut') this.cut = act.reason;
    if (act.kind !== 'changed' || this.#sent === undefined) return;
    const { remove, insert } = this.#sent;
    this.known = this.known.slice(0, this.known.length - remove.length) + insert;
  }

  /** Signals come in order. */
  #soon(work: () => void): void {
    setTimeout(work, SIGNAL_MS);
  }

  /** Keys do, too, among themselves. */
  #queue(keysym: number, isShifted = false): void {
    const now = performance.now();
    this.#queuedUntilMs = Math.max(this.#queuedUntilMs, now + this.#options.keyMs());
    setTimeout(() => this.#key(keysym, isShifted), this.#queuedUntilMs - now);
  }

  #key(keysym: number, isShifted: boolean): void {
    if (keysym === SHIFT) return;
    if (keysym === LEFT || keysym === RIGHT) this.#move(keysym === LEFT ? -1 : 1, isShifted);
    else if (keysym === BACKSPACE) this.#remove(this.anchor === undefined ? 1 : 0);
    else this.#insert(String.fromCodePoint(keysym));
  }

  #move(by: number, isSelecting: boolean): void {
    const [start, end] = this.#selection;
    if (isSelecting && this.#options.isLost?.() === true) return;
    if (isSelecting) this.anchor ??= this.caret;
    if (isSelecting || start === end) this.caret = Math.min(this.text.length, Math.max(0, this.caret + by));
    else this.caret = by < 0 ? start : end;
    if (!isSelecting || this.anchor === this.caret) this.anchor = undefined;
    if (this.anchor !== undefined) this.primary = this.text.slice(...this.#selection);
  }

  get #selection(): readonly [start: number, end: number] {
    const { caret, anchor = caret } = this;
    return [Math.min(caret, anchor), Math.max(caret, anchor)];
  }

  #told(): { readonly isOurs: boolean; readonly text?: string } {
    const { primary } = this;
    if (primary === undefined || this.#options.saysSelected === false) return { isOurs: true };
    return { isOurs: false, text: primary };
  }

  #insert(text: string): void {
    this.#remove(0);
    this.text = this.text.slice(0, this.caret) + text + this.text.slice(this.caret);
    this.caret += text.length;
    const changed = this.#options.change?.(this.text) ?? this.text;
    this.caret += changed.length - this.text.length;
    this.text = changed;
    this.#tell();
  }

  #remove(units: number): void {
    const [start, end] = this.#selection;
    this.anchor = undefined;
    this.caret = end;
    const from = units === 0 ? start : Math.max(0, this.caret - units);
    this.text = this.text.slice(0, from) + this.text.slice(this.caret);
    this.caret = from;
    this.#tell();
  }

  #tell(): void {
    const { text, caret } = this;
    if (this.#options.tells) this.#soon(() => this.typing.surroundings({ text, caret, anchor: caret }));
  }
}
