// How tests read a field of another application: asked anew, nothing that the sink knows.

import { setTimeout as pause } from 'node:timers/promises';
import { Key } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import { expect } from 'vitest';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import type { Field } from '../../src/accessibility/field.ts';
import type { Reading } from './round.ts';

/** On a busy machine an application is late with its fields. */
const SLOWEST_MS = 30_000;
const LOOK_EVERY_MS = 200;
const signal = new AbortController().signal;

/** The field in which the caret of a program is. */
export async function fieldOf({ pid }: Pick<Program, 'pid'>, reader: Accessibility): Promise<Field> {
  for (const untilMs = performance.now() + SLOWEST_MS; performance.now() < untilMs; await pause(LOOK_EVERY_MS)) {
    const found = await reader.focusedIn(pid, signal);
    if (found?.kind === 'field') return found.field;
  }
  throw new Error(`Process ${pid} has no focused field.`);
}

/**
 * Empties the field as its user would. A field that was empty says nothing of whether the keys have come: hence one
 * letter before.
 */
export async function emptied(user: Desk['user'], field: Field): Promise<void> {
  await user.type('x');
  await expect.poll(() => field.text(0, -1)).toContain('x');
  await user.key(Key.a, Key.control);
  await user.key(Key.backspace);
  await expect.poll(() => field.text(0, -1)).toBe('');
}

export async function readField(field: Field): Promise<Reading> {
  const [text, caret, selection] = await Promise.all([field.text(0, -1), field.caret(), field.selection()]);
  return { text, selection: selection ?? { start: caret, end: caret } };
}
