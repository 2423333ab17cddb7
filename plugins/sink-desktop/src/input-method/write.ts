// How a change gets into a window through our input method, while its user types on.

import { setTimeout as pause } from 'node:timers/promises';
import type { FieldOutcome, FieldWrite } from '@voiceinput/field';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { SharedInput, Reached } from './shared-input.ts';

export interface InputWriting {
  readonly keyboard: SharedInput;
  readonly windowId: number;
  readonly way: Reached['way'];
  /** Why nothing may be written now. Absent: it may. Asked before each try; waits for a moment between words. */
  hindrance(): Promise<string | undefined>;
  /** Whether the user is in the middle of a word by now: then it is waited again before new text goes there. */
  isInWord(): boolean;
}

/** The user may be faster so often; each try takes a few milliseconds. */
const MOST_TRIES = 20;
const AGAIN_MS = 5;

const offered = (reason: string): FieldOutcome => ({ kind: 'offered', reason });

/** Nothing goes out unless the text is known to the last key. */
export async function throughInputMethod(writing: InputWriting, wish: FieldWrite): Promise<FieldOutcome> {
  const { keyboard, windowId, way } = writing;
  const isNew = wish.rewrites.every(({ before, changes }) => before === '' || changes.length === 0);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    wish.signal.throwIfAborted();
    const hindrance = await writing.hindrance();
    if (hindrance !== undefined) return offered(hindrance);
    const known = keyboard.stretchIn(windowId);
    if (known === undefined && !isNew) return offered(keyboard.endedBy ?? 'not-known');
    // What was typed into one that nothing was written to yet is not told.
    const stretch = known?.isBegun === true ? known : await keyboard.newStretch(windowId);
    // All keys from here on make what is asked of the input method stale; those before may have begun a word.
    if (isNew && writing.isInWord()) continue;
    const planned = stretch.plan(wish);
    if (planned.kind === 'touched') return { kind: 'refused', reason: 'user-edited' };
    if (planned.kind !== 'change') return offered('not-known');
    try {
      const changed = await keyboard.change(stretch, planned, way);
      if (changed.kind === 'done') return { kind: 'applied', proof: changed.proof };
      if (changed.kind === 'not-done') return offered(changed.reason);
      if (changed.kind === 'unproven') {
        stretch.end('not-verified');
        return { ...offered('not-verified'), isUnknown: true };
      }
    } catch (error) {
      if (!isVoiceInputError(error) || error.code !== 'ERR_DESKTOP') throw error;
      // What was asked of it may have been done.
      stretch.end('input-method-gone');
      return { ...offered('input-method-gone'), isUnknown: true };
    }
    await pause(AGAIN_MS);
  }
  return offered('busy');
}
