// What stands before the caret of a window whose keys all go through our input method: every character is known.

import { Ledger, middleChange, place, utf16 } from '@voiceinput/field';
import type { FieldWrite, Step } from '@voiceinput/field';
import type { CaretAct } from '@voiceinput/desktop/input-method';

/** `remove` before the caret goes, `insert` comes; it means `steps` for our stretches. */
export interface PlannedChange {
  readonly kind: 'change';
  readonly remove: string;
  readonly insert: string;
  readonly steps: readonly Step[];
}

/** The text from our first insertion to the caret. */
export class TypedStretch {
  readonly #ledger = new Ledger(utf16);
  #text = '';
  #version: number;
  #endedBy: string | undefined;
  #sent: PlannedChange | undefined;
  #isBegun = false;

  /** `version` is the input method's when the stretch begins. */
  constructor(version: number) {
    this.#version = version;
  }

  get text(): string {
    return this.#text;
  }

  get version(): number {
    return this.#version;
  }

  /** Why nobody knows any more what stands there. Absent: it is known. */
  get endedBy(): string | undefined {
    return this.#endedBy;
  }

  /** Whether the input method knows that it has begun. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** The change that is asked for now: done when that is heard, among what the user does. */
  send(change: PlannedChange): void {
    this.#sent = change;
  }

  hear(version: number, act: CaretAct): void {
    this.#version = version;
    if (act.kind === 'cut') return this.end(act.reason);
    if (act.kind === 'changed') return this.#write();
    const erased = act.kind === 'erased' ? (Array.from(this.#text).at(-1) ?? '') : '';
    const at = this.#text.length - erased.length;
    if (act.kind === 'typed') this.#ledger.hear({ kind: 'insert', at, length: act.text.length, text: act.text });
    else this.#ledger.hear({ kind: 'delete', at, length: erased.length, text: erased });
    this.#text = this.#text.slice(0, at) + (act.kind === 'typed' ? act.text : '');
  }

  end(reason: string): void {
    this.#endedBy ??= reason;
  }

  /** From the first grapheme that changes to the caret all goes and comes again, for only the caret's place is known to all clients. */
  plan({
    sessionId,
    segmentId,
    rewrites,
  }: FieldWrite): PlannedChange | { readonly kind: 'touched' } | { readonly kind: 'lost' } {
    const { spans } = this.#ledger;
    const placed = place({ sessionId, segmentId, rewrites, spans, caret: this.#text.length, unit: utf16 });
    if (placed.kind !== 'steps') return placed;
    const { steps } = placed;
    const after = steps.reduce(textAfter, this.#text);
    const [change] = middleChange(this.#text, after);
    const start = change?.start ?? this.#text.length;
    return { kind: 'change', remove: this.#text.slice(start), insert: after.slice(start), steps };
  }

  #write(): void {
    this.#isBegun = true;
    if (this.#sent === undefined) return;
    const { steps } = this.#sent;
    this.#ledger.did(steps);
    this.#text = steps.reduce(textAfter, this.#text);
    this.#sent = undefined;
  }
}

const textAfter = (text: string, { kind, at, text: own }: Step): string =>
  text.slice(0, at) + (kind === 'insert' ? own : '') + text.slice(kind === 'delete' ? at + own.length : at);
