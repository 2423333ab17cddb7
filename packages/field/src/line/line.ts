// What stands before the caret of a window that cannot be read, as far as the keys that went there tell.

import { Ledger } from '../ledger/ledger.ts';
import { endOf } from '../ledger/span.ts';
import type { Span } from '../ledger/span.ts';
import { graphemes } from '../change/unit.ts';
import type { Step } from '../ledger/written.ts';

/** What a key of the user's means for the text. `nothing`: a modifier alone. */
export type Meaning =
  { readonly kind: 'character' | 'backspace' | 'nothing' } | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The text from our first insertion to the caret, counted in graphemes. Anything that could move the caret elsewhere
 * ends it: from then on nobody knows what stands there.
 */
export class Line {
  readonly #ledger = new Ledger(graphemes);
  #end = 0;
  #endedBy: string | undefined;

  get spans(): readonly Span[] {
    return this.#ledger.spans;
  }

  /** Where the caret is. */
  get end(): number {
    return this.#end;
  }

  /** Why nobody knows any more what stands there. Absent: it is known. */
  get endedBy(): string | undefined {
    return this.#endedBy;
  }

  /** The text right before the caret. Absent when it is the user's or nobody knows it. */
  get textBefore(): string | undefined {
    if (this.#endedBy !== undefined) return undefined;
    return this.spans.find((span) => !span.touched && endOf(span) === this.#end)?.text;
  }

  hear(meaning: Meaning): void {
    if (meaning.kind === 'unknown') this.cut(meaning.reason);
    else if (meaning.kind === 'backspace' && this.#end === 0) this.cut('deleted-before');
    else if (meaning.kind === 'backspace') this.#foreign('delete', this.#end - 1);
    else if (meaning.kind === 'character') this.#foreign('insert', this.#end);
  }

  /** Takes in our own steps, done in this order. */
  write(steps: readonly Step[]): void {
    this.#ledger.did(steps);
    for (const { kind, text } of steps) this.#end += graphemes.length(text) * (kind === 'insert' ? 1 : -1);
  }

  cut(reason: string): void {
    this.#endedBy ??= reason;
  }

  /** What seemed to end it for this reason did not concern it. */
  resume(reason: string): void {
    if (this.#endedBy === reason) this.#endedBy = undefined;
  }

  #foreign(kind: 'insert' | 'delete', at: number): void {
    this.#ledger.hear({ kind, at, length: 1 });
    this.#end += kind === 'insert' ? 1 : -1;
  }
}
