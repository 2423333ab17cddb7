import { expect, test } from 'vitest';
import { isEcho } from '../../src/judge/echo.ts';

const before = 'We met on the bridge last night.';

test.each([
  ['the whole of it', 'We met on the bridge last night.'],
  ['a part of it', 'on the bridge last night'],
  ['its end, and then what was said', 'on the bridge last night. It was cold.'],
  ['its end in other letters', 'On the bridge, last night! It was cold.'],
])('%s is an echo', (_what, heard) => {
  expect(isEcho(heard, before)).toBe(true);
});

test.each([
  ['what goes on', 'It was cold.'],
  ['three words that were said again', 'Last night it rained.'],
  ['nothing', ''],
  ['the beginning, which somebody says again and goes on', 'We met on the bridge and went home.'],
])('%s is none', (_what, heard) => {
  expect(isEcho(heard, before)).toBe(false);
});

test('a short text that is said twice is told from one that is said once', () => {
  expect(isEcho('Yes.', 'Yes.')).toBe(true);
  expect(isEcho('Yes.', 'Oh yes.')).toBe(false);
});

test('characters count where words are not divided', () => {
  expect(isEcho('昨晚我们在桥上见面。天很冷', '昨晚我们在桥上见面')).toBe(true);
  expect(isEcho('天很冷', '昨晚我们在桥上见面')).toBe(false);
});
