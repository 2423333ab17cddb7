// How tests read a field of another application: asked anew, nothing that the sink knows.

import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '@voiceinput/rig/desk';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import type { Field } from '../../src/accessibility/field.ts';
import type { Reading } from './round.ts';

const signal = new AbortController().signal;

/** The field in which the caret of a program is. */
export async function fieldOf({ pid }: Program, reader: Accessibility): Promise<Field> {
  let found = await reader.focusedIn(pid, signal);
  for (let tries = 0; found?.kind !== 'field' && tries < 10; tries += 1) {
    await pause(300);
    found = await reader.focusedIn(pid, signal);
  }
  if (found?.kind !== 'field') throw new Error(`Process ${pid} has no focused field.`);
  return found.field;
}

export async function readField(field: Field): Promise<Reading> {
  const [text, caret, selection] = await Promise.all([field.text(0, -1), field.caret(), field.selection()]);
  return { text, selection: selection ?? { start: caret, end: caret } };
}
