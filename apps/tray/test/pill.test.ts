import { expect, test } from 'vitest';
import type { View } from '@voiceinput/client';
import { pillFor } from '../src/hud/hud.ts';
import { en } from '../src/messages/en.ts';
import { nothingKnown } from '../src/state/known.ts';

const pillIn = (view: Partial<View>) =>
  pillFor({ ...nothingKnown, overlay: true, view: { ...nothingKnown.view, connected: true, ...view } }, en);

test('of what was dictated the newest words are shown, of an error what it begins with', () => {
  const error = { code: 'ERR_MICROPHONE_MISSING', message: 'The microphone is not there.', hint: '' } as const;
  expect(pillIn({ phase: 'refined', refined: 'I said it.' })).toMatchObject({ words: 'I said it.', keeps: 'end' });
  expect(pillIn({ phase: 'error', error })).toMatchObject({ words: error.message, keeps: 'beginning' });
  expect(pillIn({ phase: 'listening', partial: 'I say', error })).toMatchObject({ keeps: 'beginning' });
});

test('a dictation whose words nobody may see shows none', () => {
  expect(pillIn({ phase: 'draft' })).toMatchObject({ words: '' });
});
