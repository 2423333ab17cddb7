// What a compositor tells an input method of the field that takes text: https://wayland.app/protocols/input-method-unstable-v2

import { isDeepStrictEqual } from 'node:util';
import type { WaylandEvent } from './wire.ts';

/** Events of `zwp_input_method_v2`. */
const Event = { activate: 0, deactivate: 1, text: 2, contentType: 4, done: 5, unavailable: 6 } as const;

/** What a field tells of its text, perhaps cut short on either side. */
export interface AroundCaret {
  readonly before: string;
  readonly after: string;
  /** Whether text is selected: then `before` ends where the selection ends that the caret is at. */
  readonly hasSelection: boolean;
}

/** What is told takes effect all at once. */
interface Told {
  isActive: boolean;
  /** How often a field began to take text. */
  activation: number;
  /** Of `zwp_text_input_v3.content_purpose`. */
  purpose: number;
  around: AroundCaret | undefined;
}

/** Knows nothing before it hears. */
export class ToldInput {
  /** How often something took effect. */
  serial = 0;
  /** Whether another program is the input method. */
  isUnavailable = false;
  now: Told = { isActive: false, activation: 0, purpose: 0, around: undefined };
  #next: Partial<Told> = {};
  readonly #activation: () => number;

  /** `activation` numbers the fields that take text. */
  constructor(activation: () => number) {
    this.#activation = activation;
  }

  /** Gives whether something else stands around the caret than before. */
  hear({ opcode, body }: WaylandEvent): boolean {
    const next = this.#next;
    if (opcode === Event.activate)
      this.#next = { isActive: true, activation: this.#activation(), purpose: 0, around: undefined };
    if (opcode === Event.deactivate) next.isActive = false;
    if (opcode === Event.unavailable) this.isUnavailable = true;
    if (opcode === Event.contentType) next.purpose = [body.uint(), body.uint()][1]!;
    if (opcode === Event.text) {
      const text = Buffer.from(body.string());
      const [cursor, anchor] = [body.uint(), body.uint()] as const;
      const [before, after] = [text.subarray(0, cursor).toString(), text.subarray(cursor).toString()];
      next.around = { before, after, hasSelection: cursor !== anchor };
    }
    return opcode === Event.done && this.#takeEffect();
  }

  #takeEffect(): boolean {
    const { around } = this.now;
    this.now = { ...this.now, ...this.#next };
    this.#next = {};
    this.serial += 1;
    return !isDeepStrictEqual(this.now.around, around);
  }
}
