import { nearestOf } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';

const known = ['hybrid', 'profile', 'profiles', 'plugins', 'words', 'F1'];

test.each([
  ['hybird', 'hybrid'],
  ['HYBRID', 'hybrid'],
  ['profil', 'profile'],
  ['wrods', 'words'],
  ['word', 'words'],
  ['pluggins', 'plugins'],
])('%s means %s', (word, meant) => {
  expect(nearestOf(word, known)).toBe(meant);
});

test.each(['foo', 'x', '', 'silero-vad-v6', 'microphone'])('%j means none of them', (word) => {
  expect(nearestOf(word, known)).toBeUndefined();
});

test('of none there is no nearest', () => {
  expect(nearestOf('word', [])).toBeUndefined();
});
