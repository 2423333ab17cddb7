// A text that may have been said in another language is told as one.

import { emptyView } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { pillFor } from '../src/hud/hud.ts';
import { languages } from '../src/messages/messages.ts';
import { dictationNote } from '../src/notify/note.ts';
import { nothingKnown } from '../src/state/known.ts';
import type { Known } from '../src/state/known.ts';

const { en } = languages;

const knownOf = (phase: 'listening' | 'draft' | 'refined', isDoubtful: boolean): Known => ({
  ...nothingKnown,
  view: { ...emptyView, connected: true, phase, refined: 'the dog on', draft: 'the dog on', isDoubtful },
  notifications: 'needed',
  overlay: true,
});

test.each(['draft', 'refined'] as const)('the overlay says so beside the words of the stage %s', (phase) => {
  expect(pillFor(knownOf(phase, true), en)).toMatchObject({ words: 'the dog on', stage: en.doubtful });
  expect(pillFor(knownOf(phase, false), en)?.stage).toBe(en[phase]);
});

test('who listens is not told of what was said before', () => {
  expect(pillFor(knownOf('listening', true), en)?.stage).toBe(en.listening);
});

test('a notification says so, also where only what needs the user is told', () => {
  expect(dictationNote(knownOf('refined', true), en)).toEqual({
    summary: en.doubtful,
    body: 'the dog on',
    isNeeded: true,
  });
  expect(dictationNote(knownOf('refined', false), en)).toBeUndefined();
});
