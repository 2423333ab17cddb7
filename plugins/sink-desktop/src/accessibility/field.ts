// How one text field of another application is read and written: AT-SPI2 Text and EditableText.

import { Ledger } from '@voiceinput/field';
import type { Move, Told } from '@voiceinput/field';
import type { FieldKind } from '@voiceinput/plugin-api';
import type { Accessible, Connection } from './connection.ts';
import type { Toolkit } from './toolkit.ts';
import { FieldTyped } from './typed.ts';

const TEXT = 'org.a11y.atspi.Text';
const EDITABLE_TEXT = 'org.a11y.atspi.EditableText';

export interface Selection {
  readonly start: number;
  readonly end: number;
}

export interface FieldTraits {
  /** The application's accessible name. */
  readonly appName: string;
  readonly isPassword: boolean;
  /** Whether it holds one line only; such fields lose caret and selection when they are written to. */
  readonly isSingleLine: boolean;
  /** What the field is for, as far as it says. */
  readonly fieldKind?: FieldKind;
}

/** An application that does not answer for so long may still do what it was asked; until it answers nobody knows. */
export const PATIENCE_MS = 10_000;

/** The largest place there is. */
const BEYOND_ALL = 0x7fff_ffff;

/** A field of another application. Places are in the units of its toolkit. Every call rejects with `ERR_DESKTOP` when it is gone, or does not answer for so long. */
export class Field {
  readonly object: Accessible;
  readonly traits: FieldTraits;
  readonly ledger: Ledger;
  /** Host time of the last change that it told about. */
  changedAtMs = 0;
  /** When the user typed into it, as far as it tells. */
  readonly typed = new FieldTyped();
  /** Whether it was seen to take nothing. */
  isUnwritable = false;
  /** Whether its caret and selection stay with the text around them when it is written to. Absent: it was not seen yet. */
  keepsCaret: boolean | undefined;
  /** Calls that move the caret and are not answered yet. */
  #movingCaret = 0;
  readonly #connection: Connection;
  readonly #toolkit: Toolkit;
  /** Whether it tells a place before the inserted text instead of its start. Absent: it was not seen yet. */
  #tellsTooEarly: boolean | undefined;

  constructor(connection: Connection, object: Accessible, known: { toolkit: Toolkit; traits: FieldTraits }) {
    this.object = object;
    this.traits = known.traits;
    if (known.traits.isSingleLine) this.keepsCaret = false;
    this.ledger = new Ledger(known.toolkit.unit);
    this.#connection = connection;
    this.#toolkit = known.toolkit;
  }

  /** Takes in a change that the field told about. */
  hear(told: Told): void {
    this.changedAtMs = performance.now();
    // A password field tells how many characters came, never which.
    const { text, ...shape } = told;
    const isTextTold = !this.traits.isPassword && (told.kind === 'insert' || this.#toolkit.tellsDeleted);
    const heard = isTextTold && text !== undefined ? { ...shape, text } : shape;
    const { version } = this.ledger;
    this.ledger.hear(heard.kind === 'insert' ? { ...heard, at: this.#startOf(heard) } : heard);
    const isInserted = told.kind === 'insert';
    if (this.ledger.version !== version) this.typed.changed(this.changedAtMs, isInserted ? text : undefined);
  }

  /** Takes in that the caret moved. */
  hearCaret(): void {
    if (this.#movingCaret > 0 || this.ledger.isWriting) return;
    this.changedAtMs = performance.now();
    this.typed.caretMoved(this.changedAtMs);
  }

  async text(start: number, end: number): Promise<string> {
    const [text] = await this.#ask('GetText', 'ii', [start, end]);
    return String(text);
  }

  async caret(): Promise<number> {
    return Number(await this.#property('CaretOffset'));
  }

  /** Calls `pin` with the caret's place the moment it is answered: changes that are told later move what is pinned there. */
  async pinCaret(pin: (at: number) => void): Promise<void> {
    await this.#property('CaretOffset', (at) => pin(Number(at)));
  }

  /** Settles when it has answered to all that it was asked before. Rejects when it does not in time. */
  async keptUp(): Promise<void> {
    await this.#ask('GetText', 'ii', [0, 0]);
  }

  /** How long its whole text is. */
  async length(): Promise<number> {
    return Number(await this.#property('CharacterCount'));
  }

  async setCaret(at: number): Promise<void> {
    await this.#moveCaret('SetCaretOffset', 'i', [at]);
  }

  /** Behind all text, however much there is when the call comes. In fields of one line, which take a place beyond the end for it, or have the caret there. */
  async setCaretToEnd(): Promise<void> {
    await this.setCaret(BEYOND_ALL);
  }

  /** Absent when nothing is selected. */
  async selection(): Promise<Selection | undefined> {
    // GTK 4 answers with an error when there is none.
    const [start = 0, end = 0] = await this.#ask('GetSelection', 'i', [0]).catch(() => []);
    const selection = { start: Number(start), end: Number(end) };
    return selection.end > selection.start ? selection : undefined;
  }

  /** Selects from `anchor` to `caret`, whether something is selected already or not. */
  async select(anchor: number, caret: number): Promise<void> {
    // A field without a selection refuses the one, a field with one the other.
    await Promise.all([
      this.#moveCaret('AddSelection', 'ii', [anchor, caret]),
      this.#moveCaret('SetSelection', 'iii', [0, anchor, caret]),
    ]);
  }

  /** What `work` asks and writes goes out in one write. */
  together<T>(work: () => T): T {
    return this.#connection.together(work);
  }

  /**
   * Whether the field says that it did the move. Rejects when it does not answer in time; the ledger hears the answer
   * when it comes all the same.
   */
  async write(move: Move): Promise<boolean> {
    const { kind, at, text } = move;
    const call =
      kind === 'insert'
        ? { member: 'InsertText', signature: 'isi', body: [at, text, this.#toolkit.insertLength(text)] }
        : { member: 'DeleteText', signature: 'ii', body: [at, at + this.ledger.unit.length(text)] };
    this.ledger.send(move);
    const [done] = await this.#connection.call(
      this.object,
      { interface: EDITABLE_TEXT, ...call },
      { answerMs: PATIENCE_MS, answered: (body) => this.#hearAnswer(body?.[0] === true) },
    );
    return done === true;
  }

  #hearAnswer(isDone: boolean): void {
    const { version } = this.ledger;
    this.ledger.answer(isDone);
    // A key of the user's came between: which one it was is known to the ledger alone.
    if (this.ledger.version !== version) this.typed.changed(performance.now(), undefined);
  }

  /**
   * GTK 4 before 4.10 tells insertions as many characters too early as are inserted. Whether a field does shows at the
   * first text of ours; before there is any, places mean nothing.
   */
  #startOf({ at, length, text }: Told): number {
    const ours = this.ledger.sent.find((move) => move.kind === 'insert' && move.text === text);
    // Neither, when the user was faster: then the next one shows.
    if (this.#tellsTooEarly === undefined && ours?.at === at) this.#tellsTooEarly = false;
    if (this.#tellsTooEarly === undefined && ours?.at === at + length) this.#tellsTooEarly = true;
    return this.#tellsTooEarly === true ? at + length : at;
  }

  #moveCaret(member: string, signature: string, body: readonly unknown[]): Promise<unknown> {
    this.#movingCaret += 1;
    const call = { interface: TEXT, member, signature, body };
    const answered = (): void => void (this.#movingCaret -= 1);
    return this.#connection.call(this.object, call, { answerMs: PATIENCE_MS, answered });
  }

  #ask(member: string, signature: string, body: readonly unknown[]): Promise<readonly unknown[]> {
    const call = { interface: TEXT, member, signature, body };
    return this.#connection.call(this.object, call, { answerMs: PATIENCE_MS });
  }

  #property(name: string, answered?: (value: unknown) => void): Promise<unknown> {
    const waiting = { answerMs: PATIENCE_MS, ...(answered && { answered }) };
    return this.#connection.property(this.object, TEXT, name, waiting);
  }
}
