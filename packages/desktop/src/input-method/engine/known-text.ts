// What stands before the caret, as far as it is ours or went through us, and whether the client says the same.

import type { SurroundingText } from './served.ts';

/** How a client counts. */
export interface ClientUnit {
  length(text: string): number;
  /** The UTF-16 index of what stands `units` into `text`. */
  index(text: string, units: number): number;
}

export const utf16: ClientUnit = { length: (text) => text.length, index: (_text, units) => units };
export const codePoints: ClientUnit = {
  length: (text) => Array.from(text).length,
  index: (text, units) => Array.from(text).slice(0, units).join('').length,
};

/** The client may be behind by so many changes. */
const MOST_STATES = 64;
/** So much of the end is compared. */
const COMPARED = 200;
const COMPARED_BEFORE = 40;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Pages put other spaces where two meet; a paragraph is all that some clients tell. */
const comparable = (text: string): string => text.replaceAll('\u00a0', ' ').split('\n').at(-1)!.slice(-COMPARED);

/** The text from our first insertion to the caret, and what the client told of it. */
export class KnownText {
  #text: string | undefined;
  /** The latest states, newest last: a client tells each when it gets to it. */
  #states: { readonly number: number; readonly text: string }[] = [];
  #number = 0;
  /** What stood before the text when the client first told it. */
  #before: string | undefined;
  #told: string | undefined;
  #waiting: (() => void)[] = [];
  unit: ClientUnit = codePoints;

  get isKnown(): boolean {
    return this.#text !== undefined;
  }

  /** Whether the client tells its text. */
  get isTold(): boolean {
    return this.#told !== undefined;
  }

  /** What the client told last. Absent: nothing. */
  get told(): string | undefined {
    return this.#told;
  }

  begin(): void {
    this.#before = undefined;
    this.#states = [];
    this.#set('');
  }

  forget(): void {
    this.#text = undefined;
    this.#states = [];
  }

  append(text: string): void {
    this.#set(`${this.#text ?? ''}${text}`);
  }

  /** Takes away the last character. False where nobody knows what a backspace takes. */
  erase(): boolean {
    const last = [...segmenter.segment(this.#text ?? '')].at(-1)?.segment;
    if (last === undefined || Array.from(last).length > 1) return false;
    this.#set(this.#text!.slice(0, -last.length));
    return true;
  }

  /** The number of the state that has `insert` at its end in place of `remove`. */
  replace(remove: string, insert: string): number {
    const text = this.#text ?? '';
    return this.#set(`${text.slice(0, text.length - remove.length)}${insert}`);
  }

  hear({ text, caret }: SurroundingText): void {
    this.#told = text.slice(0, this.unit.index(text, caret));
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The client has the focus anew: what it told is over. */
  unhear(): void {
    this.#told = undefined;
  }

  /** Whether the client tells a text that ends as one of the latest states; waited for. */
  agrees(withinMs: number): Promise<boolean> {
    return this.#until(() => this.#isToldSince(0), withinMs);
  }

  /** Whether the client tells a text that ends as state `number` or a later one; waited for. */
  shows(number: number, withinMs: number): Promise<boolean> {
    return this.#until(() => this.#isToldSince(number), withinMs);
  }

  #isToldSince(number: number): boolean {
    if (this.#told === undefined) return false;
    const told = comparable(this.#told);
    const isShown = ({ number: own, text }: { readonly number: number; readonly text: string }): boolean => {
      const end = comparable(`${this.#before ?? ''}${text}`);
      // Every text ends as an empty one does.
      return own >= number && (end === '' ? told === '' : told.endsWith(end));
    };
    const shown = this.#states.findLast(isShown);
    if (shown === undefined) return false;
    // A text may end as another one does: with what stands before it, hardly ever.
    this.#before ??= told.slice(0, told.length - comparable(shown.text).length).slice(-COMPARED_BEFORE);
    return true;
  }

  #set(text: string): number {
    this.#text = text;
    this.#number += 1;
    this.#states = [...this.#states, { number: this.#number, text }].slice(-MOST_STATES);
    return this.#number;
  }

  async #until(isTrue: () => boolean, withinMs: number): Promise<boolean> {
    const untilMs = performance.now() + withinMs;
    while (!isTrue()) {
      const restMs = untilMs - performance.now();
      if (restMs <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return true;
  }
}
