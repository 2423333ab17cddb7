import { rewriting } from '@voiceinput/field';
import { dictation } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import type { SharedInput } from '../../src/input-method/shared-input.ts';
import { TypedStretch } from '../../src/input-method/stretch.ts';
import { throughInputMethod } from '../../src/input-method/write.ts';

const signal = new AbortController().signal;

test('new text waits again when the user went on with a word while the field was looked at', async () => {
  let text = 'one';
  let latest: TypedStretch | undefined;
  const keyboard: Pick<SharedInput, 'stretchIn' | 'newStretch' | 'endedBy' | 'change'> = {
    endedBy: undefined,
    stretchIn: () => latest,
    // Each character that is typed makes what was known of the text stale.
    newStretch: async () => (latest = new TypedStretch(text.length)),
    async change({ version }, { insert }) {
      if (version !== text.length) return { kind: 'stale' };
      text += insert;
      return { kind: 'done', proof: 'unverified' };
    },
  };
  let [isInWord, looks] = [false, 0];
  const writing = {
    keyboard: keyboard as SharedInput,
    windowId: 1,
    way: 'selected' as const,
    isInWord: () => isInWord,
    async hindrance() {
      looks += 1;
      // The first time the user types on behind the pause; the second time the word is over.
      text += looks === 1 ? 'self' : ' ';
      isInWord = looks === 1;
      return undefined;
    },
  };
  const told = dictation();
  const { rewrites } = rewriting([], told.edit('one', 'draft', 'um so'), String)!;
  const wish = { sessionId: told.info.sessionId, segmentId: 'one', cause: 'draft' as const, rewrites, signal };
  expect(await throughInputMethod(writing, wish)).toEqual({ kind: 'applied', proof: 'unverified' });
  expect(text).toBe('oneself um so');
});
