// How a text is lent to the clipboard for a paste that cannot be seen, and when what was there comes back.

import { setTimeout as pause } from 'node:timers/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface TextClipboard {
  /** What is there: an image cannot be given back once it is gone. */
  readonly holds: 'text' | 'image' | 'nothing';
  /** Absent when there is none. */
  text(): string | undefined;
  /** Puts a text there, to stay. */
  put(text: string): void;
  /** Puts `text` there; what was there comes back a while after the last text was lent, unless somebody copied something. */
  lend(text: string): void;
  /** Whether the text that was lent last was probably taken: whoever pastes may come for it late. */
  readonly isTaken: boolean;
  /** Waits until it was. */
  taken(signal: AbortSignal): Promise<void>;
  /** Gives back what is lent, as soon as applications that are not stuck have taken it. */
  close(): Promise<void>;
}

/** Nobody sees who pastes: an application that is stuck for less than this still gets what was lent, and nothing else. */
const LENT_MS = 10_000;
/** So long the slowest of applications takes to paste that is not stuck. */
const SLOWEST_MS = 800;
const LOOK_EVERY_MS = 20;
const MOST_TRIES = 25;
const READ_TRIES = 3;
/** So long most of them take at most, also on a busy machine. */
const TAKEN_MS = 300;

interface Loan {
  readonly text: string;
  readonly before: string;
  readonly timer: NodeJS.Timeout;
}

/** Reads and writes the text on a clipboard. Reading throws when there is none. */
export interface Clipboard {
  getText(): string;
  setText(text: string): void;
  getImage(): Uint8Array;
}

export function textClipboard(clipboard: Clipboard): TextClipboard {
  let loan: Loan | undefined;
  let lentAtMs = Number.NEGATIVE_INFINITY;

  /** Whose text a busy display does not hand over in time would be taken for nobody's, and lost. */
  function text(tries = READ_TRIES): string | undefined {
    try {
      return clipboard.getText();
    } catch {
      // The package tells no other way that there is no text.
      return tries > 1 ? text(tries - 1) : undefined;
    }
  }

  function hasImage(): boolean {
    try {
      return clipboard.getImage().length > 0;
    } catch {
      // As with texts.
      return false;
    }
  }

  /** A busy display may let the first try time out. */
  function put(value: string): void {
    if (isPut(value)) return;
    try {
      clipboard.setText(value);
    } catch (error) {
      throw new VoiceInputError('ERR_DESKTOP', 'The clipboard does not accept text.', { cause: error });
    }
  }

  const untilTakenMs = (): number => lentAtMs + TAKEN_MS - performance.now();
  const isLent = (): boolean => loan !== undefined;

  /** Whoever else uses the clipboard just now may keep us from writing; after some tries the loan stays there. */
  function giveBack(due: Loan, tries = MOST_TRIES): void {
    // Somebody copied something meanwhile: that stays.
    if (text() === due.text && !isPut(due.before) && tries > 1) {
      loan = { ...due, timer: setTimeout(() => giveBack(due, tries - 1), LOOK_EVERY_MS) };
    } else loan = undefined;
  }

  function isPut(value: string): boolean {
    try {
      clipboard.setText(value);
      return true;
    } catch {
      // Nobody waits who could be told.
      return false;
    }
  }

  function lend(lent: string): void {
    clearTimeout(loan?.timer);
    const now = text();
    const before = loan !== undefined && now === loan.text ? loan.before : (now ?? '');
    put(lent);
    const next: Loan = { text: lent, before, timer: setTimeout(() => giveBack(next), LENT_MS) };
    loan = next;
    lentAtMs = performance.now();
  }

  return {
    get holds() {
      if (text() !== undefined) return 'text';
      return hasImage() ? 'image' : 'nothing';
    },
    text: () => text(),
    put(value) {
      clearTimeout(loan?.timer);
      loan = undefined;
      put(value);
    },
    lend,
    get isTaken() {
      return untilTakenMs() <= 0;
    },
    async taken(signal) {
      const restMs = untilTakenMs();
      if (restMs > 0) await pause(restMs, undefined, { signal });
    },
    async close() {
      while (isLent() && performance.now() - lentAtMs < SLOWEST_MS) await pause(LOOK_EVERY_MS);
      if (loan === undefined) return;
      clearTimeout(loan.timer);
      giveBack(loan);
      while (isLent()) await pause(LOOK_EVERY_MS);
    },
  };
}
