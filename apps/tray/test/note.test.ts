import type { Status } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { languages } from '../src/messages/messages.ts';
import { welcomeNote } from '../src/notify/note.ts';

const statusOf = (mode: Status['mode'], name: string): Status => ({ mode, key: { name } }) as Status;

test.each([
  ['hold', 'Control_R', 'Hold the right Ctrl key and speak; release it to insert the text.'],
  ['toggle', 'F9', 'Press F9 and speak; press it again to insert the text.'],
  ['hands-free', 'Control+Alt+J', 'Press Ctrl+Alt+J and speak; it stops when you pause.'],
] as const)('the welcome says what to do in the mode %s', (mode, key, words) => {
  const [first, second] = welcomeNote(statusOf(mode, key), [], languages.en).body.split('\n');
  expect([first, second]).toEqual([words, languages.en.howToChange]);
});

test('without a key that works, it tells of the menu', () => {
  expect(welcomeNote(statusOf('hold', ''), [], languages.en).body).toMatch(languages.en.howMenu);
});
