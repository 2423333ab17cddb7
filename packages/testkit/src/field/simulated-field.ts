// How a text field behaves that a dictation shares with its user: it knows of each character whose it is.

/** A change that the field tells, in its units. */
export interface FieldTold {
  readonly kind: 'insert' | 'delete';
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export interface SimulatedFieldOptions {
  /** How it counts. Absent: code points. */
  readonly unit?: 'utf16' | 'codePoints';
  /** Whether it tells insertions as many units too early as were inserted, as GTK 4 before 4.10 does. */
  readonly tellsTooEarly?: boolean;
}

interface Item {
  readonly character: string;
  /** Absent for what a dictation inserted. */
  readonly user?: number;
}

/** A field in memory. It keeps its caret and selection with the text around them, and tells each change after it was done. */
export class SimulatedField {
  /** Hears every change. */
  told: (told: FieldTold) => void = () => undefined;
  #caret = 0;
  #anchor = 0;
  readonly #unit: NonNullable<SimulatedFieldOptions['unit']>;
  readonly #tellsTooEarly: boolean;
  /** What the user typed and did not delete, in order. */
  #order: number[] = [];
  #items: Item[] = [];
  /** Characters of the user's that a dictation took, and that may come back. */
  #taken: Item[] = [];
  #typed = 0;

  constructor({ unit = 'codePoints', tellsTooEarly = false }: SimulatedFieldOptions = {}) {
    this.#unit = unit;
    this.#tellsTooEarly = tellsTooEarly;
  }

  /** Where text appears that is typed; an end of the selection. Setting it ends the selection. */
  get caret(): number {
    return this.#caret;
  }

  set caret(at: number) {
    this.userSelects(at, at);
  }

  /** The other end of the selection; where the caret is when nothing is selected. */
  get anchor(): number {
    return this.#anchor;
  }

  get text(): string {
    return this.textOf(0, this.length);
  }

  get length(): number {
    return this.#lengthOf(this.#items);
  }

  textOf(start: number, end: number): string {
    return charactersOf(this.#items.slice(this.#index(start), this.#index(end)));
  }

  /** What dictations put there, without what the user typed between. */
  get dictated(): string {
    this.settle();
    return charactersOf(this.#items.filter(({ user }) => user === undefined));
  }

  /** What the user typed, as it stands now and as it should. */
  get typed(): { readonly stands: readonly number[]; readonly should: readonly number[] } {
    this.settle();
    return { stands: this.#items.flatMap(({ user }) => user ?? []), should: this.#order };
  }

  userTypes(at: number, text: string): void {
    const before = this.#items.slice(0, this.#index(at)).findLast(({ user }) => user !== undefined)?.user;
    const items = Array.from(text, (character): Item => ({ character, user: (this.#typed += 1) }));
    const place = before === undefined ? 0 : this.#order.indexOf(before) + 1;
    this.#order.splice(place, 0, ...items.map(({ user }) => user!));
    this.#put(at, items);
  }

  userDeletes(at: number, length: number): void {
    const gone = this.#remove(at, length);
    this.#order = this.#order.filter((id) => !gone.some(({ user }) => user === id));
  }

  userSelects(anchor: number, caret: number): void {
    [this.#anchor, this.#caret] = [anchor, caret];
  }

  /** As a dictation does. */
  insert(at: number, text: string): void {
    this.#put(
      at,
      Array.from(text, (character): Item => ({ character })),
    );
  }

  /** As a dictation does. */
  delete(at: number, length: number): void {
    this.#taken.push(...this.#remove(at, length).filter(({ user }) => user !== undefined));
  }

  /**
   * A dictation's change is over. What it took of the user's is the user's again where it was put back: the same
   * character, in its order among what else the user typed. What was not is lost.
   */
  settle(): void {
    for (const item of this.#taken.splice(0)) {
      const place = this.#items.findIndex(
        ({ character, user }, index) =>
          user === undefined && character === item.character && this.#isInOrder(index, item.user!),
      );
      if (place !== -1) this.#items[place] = item;
    }
  }

  #isInOrder(index: number, user: number): boolean {
    const nth = (item: Item | undefined, otherwise: number): number =>
      item === undefined ? otherwise : this.#order.indexOf(item.user!);
    const isUsers = (item: Item): boolean => item.user !== undefined;
    const before = nth(this.#items.slice(0, index).findLast(isUsers), -1);
    const behind = nth(this.#items.slice(index).find(isUsers), this.#order.length);
    const own = this.#order.indexOf(user);
    return before < own && own < behind;
  }

  #put(at: number, items: readonly Item[]): void {
    const from = Math.min(this.#index(at), this.#items.length);
    const length = this.#lengthOf(items);
    this.#items.splice(from, 0, ...items);
    if (this.#anchor >= at) this.#anchor += length;
    if (this.#caret >= at) this.#caret += length;
    this.told({
      kind: 'insert',
      at: this.#tellsTooEarly ? at - length : at,
      length,
      text: charactersOf(items),
    });
  }

  #remove(at: number, length: number): readonly Item[] {
    const from = this.#index(at);
    const gone = this.#items.splice(from, this.#index(at + length) - from);
    const units = this.#lengthOf(gone);
    const after = (place: number): number => (place > at ? Math.max(at, place - units) : place);
    [this.#anchor, this.#caret] = [after(this.#anchor), after(this.#caret)];
    if (gone.length > 0) this.told({ kind: 'delete', at, length: units, text: charactersOf(gone) });
    return gone;
  }

  /** The item at a place; the end where there is none. */
  #index(place: number): number {
    let at = 0;
    const index = this.#items.findIndex(({ character }) => {
      if (at >= place) return true;
      at += this.#unit === 'utf16' ? character.length : 1;
      return false;
    });
    return index === -1 ? this.#items.length : index;
  }

  #lengthOf(items: readonly Item[]): number {
    return this.#unit === 'utf16' ? charactersOf(items).length : items.length;
  }
}

const charactersOf = (items: readonly Item[]): string => items.map(({ character }) => character).join('');
