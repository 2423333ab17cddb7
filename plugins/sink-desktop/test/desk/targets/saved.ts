// How a text is read from the file that its program saves, and the caret from a character that is typed there.

import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Key } from '@voiceinput/rig/desk';
import type { User } from '@voiceinput/rig/desk';
import type { Reading } from '../round.ts';
import { codePoints } from './target.ts';

/** One of them is typed where the user sees the caret: the other may still be in the file. */
export const MARKS = ['=', '+'] as const;
/** A busy editor is late. */
const SAVED_MS = 3_000;
const MOST_SAVES = 4;
const LOOK_EVERY_MS = 50;

export interface Saving {
  readonly user: User;
  readonly path: string;
  /** What text the saved file holds. Absent: all of it. */
  textOf?(saved: string): string;
  /** Absent: Control+S. */
  save?(): Promise<void>;
}

/** Reads anew with each call. */
export function savedReader({ user, path, textOf = String, save = () => user.key(S, Key.control) }: Saving) {
  const saved = (): string => textOf(readFileSync(path, 'utf8')).replace(/\n$/, '');
  let readings = 0;
  return async (): Promise<Reading> => {
    const mark = MARKS[(readings += 1) % MARKS.length]!;
    await user.type(mark);
    for (let tries = 0; !saved().includes(mark) && tries < MOST_SAVES; tries += 1) {
      await save();
      const untilMs = performance.now() + SAVED_MS;
      while (!saved().includes(mark) && performance.now() < untilMs) await pause(LOOK_EVERY_MS);
    }
    return withoutMark(saved(), mark);
  };
}

/** The caret is where the mark stands. */
export function withoutMark(marked: string, mark: string): Reading {
  const at = codePoints(marked.slice(0, Math.max(0, marked.indexOf(mark))));
  return { text: marked.replace(mark, ''), selection: { start: at, end: at } };
}

const S = 0x73;
