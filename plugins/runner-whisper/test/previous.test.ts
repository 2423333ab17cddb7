// Words and the text before are told to Whisper, and not taken for speech when it only says them again.

import { expect, test } from 'vitest';
import { previousText, repeatsPrevious } from '../src/previous.ts';

test('words come before the text, and only the end of a long text', () => {
  expect(previousText({})).toBe('');
  expect(previousText({ words: ['Kubernetes', 'Anna'] })).toBe(' Kubernetes, Anna.');
  expect(previousText({ words: ['Anna'], precedingText: 'I saw her.' })).toBe(' Anna. I saw her.');
  expect(previousText({ precedingText: `${'x'.repeat(300)} end` })).toHaveLength(201);
});

const hint = { words: ['Kubernetes', 'Anna Schmidt'], precedingText: 'We met on the bridge last night.' };

test.each([
  ['Kubernetes, Anna Schmidt.', true],
  ['anna schmidt', true],
  ['Then we met on the bridge again.', true],
  ['Anna Schmidt runs Kubernetes.', false],
  ['We met on Monday.', false],
  ['', false],
])('“%s” only says again what was given: %s', (text, repeats) => {
  expect(repeatsPrevious(text, hint)).toBe(repeats);
});

test('without anything given nothing is said again', () => {
  expect(repeatsPrevious('Thank you.', {})).toBe(false);
});
