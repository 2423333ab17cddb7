import { expect, test } from 'vitest';
import { separatorBetween, withSeparators } from '@voiceinput/plugin-api';

test.each([
  ['One.', 'Two.', ' '],
  ['', 'Two.', ''],
  ['One.', '', ''],
  ['(', 'Two', ''],
  ['One', ', two', ''],
  ['One ', 'two', ''],
  ['Line\n', 'two', ''],
  ['日本語。', '次', ''],
  ['日本', '語', ''],
  ['日本', 'Linux', ' '],
  ['ไทย', 'ไทย', ''],
  ['Привет', 'мир', ' '],
])('between %j and %j stands %j', (before, after, separator) => {
  expect(separatorBetween(before, after)).toBe(separator);
});

test('an empty piece in the middle costs no separator', () => {
  expect(withSeparators(['One.', '', 'Three.']).join('')).toBe('One. Three.');
});

test('the first piece is separated from what stands before the caret', () => {
  expect(withSeparators(['more.'], 'Some text')).toEqual([' more.']);
});
