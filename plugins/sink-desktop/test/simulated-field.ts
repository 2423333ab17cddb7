// How a field of another application behaves in tests: it knows of each character whose it is.

import type { Accessible, Call, Connection } from '../src/accessibility/connection.ts';
import { Field } from '../src/accessibility/field.ts';
import { codePoints } from '@voiceinput/desktop/own';
import type { Told } from '@voiceinput/desktop/own';

interface Item {
  readonly character: string;
  /** Absent for what a dictation inserted. */
  readonly user?: number;
}

const OBJECT: Accessible = { owner: ':1.1', path: '/field' };

/** A field in memory that counts code points, as GTK does, and tells about each change after it was done. */
export class SimulatedField {
  readonly field: Field;
  caret = 0;
  /** Runs before each writing call: the user, who is faster. */
  beforeWriting: () => void = () => undefined;
  /** What the user typed and did not delete, in order. */
  #order: number[] = [];
  #items: Item[] = [];
  /** What dictations removed last: it may come back. */
  #removed: Item[] = [];
  #typed = 0;
  #tell: (told: Told) => void = () => undefined;

  /** `tellsTooEarly`: as GTK 4 before 4.10 does. */
  constructor({ tellsTooEarly = false } = {}) {
    const connection: Connection = {
      call: async (_object, call) => this.#answer(call),
      property: async (_object, _interfaceName, name) => (name === 'CaretOffset' ? this.caret : this.#items.length),
      together: (work) => work(),
      listen: async () => undefined,
      alive: true,
      close: () => undefined,
    };
    this.field = new Field(connection, OBJECT, {
      toolkit: { unit: codePoints, insertLength: (text) => Buffer.byteLength(text), tellsDeleted: true },
      traits: { appName: 'simulated', isPassword: false, isSingleLine: false },
    });
    this.#tell = (told) => {
      const early = tellsTooEarly && told.kind === 'insert';
      this.field.hear(early ? { ...told, at: told.at - told.length } : told);
      // Nobody types at this speed; the tests need not wait for a gap between keys.
      this.field.changedAtMs = 0;
    };
  }

  get text(): string {
    return this.textOf(0, this.#items.length);
  }

  get length(): number {
    return this.#items.length;
  }

  textOf(start: number, end: number): string {
    return this.#items
      .slice(start, end)
      .map(({ character }) => character)
      .join('');
  }

  /** What dictations put there, without what the user typed between. */
  get dictated(): string {
    return this.#items.map(({ character, user }) => (user === undefined ? character : '')).join('');
  }

  /** What the user typed, as it stands now and as it should. */
  get typed(): { readonly stands: readonly number[]; readonly should: readonly number[] } {
    return { stands: this.#items.flatMap(({ user }) => user ?? []), should: this.#order };
  }

  userTypes(at: number, text: string): void {
    const before = this.#items.slice(0, at).findLast(({ user }) => user !== undefined)?.user;
    const items = Array.from(text, (character): Item => ({ character, user: (this.#typed += 1) }));
    const place = before === undefined ? 0 : this.#order.indexOf(before) + 1;
    this.#order.splice(place, 0, ...items.map(({ user }) => user!));
    this.#insert(at, items);
  }

  userDeletes(at: number, length: number): void {
    const gone = this.#items.slice(at, at + length);
    this.#order = this.#order.filter((id) => !gone.some(({ user }) => user === id));
    this.#delete(at, gone.length);
  }

  #answer({ member, body = [] }: Call): readonly unknown[] {
    const [first, second] = body;
    const at = Number(first);
    if (member === 'GetText') return [this.textOf(at, Number(second) === -1 ? this.#items.length : Number(second))];
    this.beforeWriting();
    if (member === 'InsertText') this.#insert(at, this.#itemsOf(String(second)));
    else this.#removed = this.#delete(at, Number(second) - at);
    return [true];
  }

  /** What comes back is what went. */
  #itemsOf(text: string): readonly Item[] {
    const removed = this.#removed;
    return removed.map(({ character }) => character).join('') === text
      ? removed
      : Array.from(text, (character) => ({ character }));
  }

  #insert(index: number, items: readonly Item[]): void {
    const at = Math.min(index, this.#items.length);
    this.#items.splice(at, 0, ...items);
    if (this.caret >= at) this.caret += items.length;
    this.#tell({ kind: 'insert', at, length: items.length, text: items.map(({ character }) => character).join('') });
  }

  #delete(at: number, length: number): Item[] {
    const gone = this.#items.splice(at, length);
    if (this.caret > at) this.caret = Math.max(at, this.caret - gone.length);
    const text = gone.map(({ character }) => character).join('');
    if (gone.length > 0) this.#tell({ kind: 'delete', at, length: gone.length, text });
    return gone;
  }
}
