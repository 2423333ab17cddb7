import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '@voiceinput/plugin-api';

describe('printable', () => {
  test.each([
    ['a colour', 'a\u001b[31mred\u001b[0m', 'ared'],
    ['a window title', 'a\u001b]0;title\u0007b', 'ab'],
    ['a window title ended by ST', 'a\u001b]0;title\u001b\\b', 'ab'],
    ['a one-byte CSI', 'a\u009b2Jb', 'ab'],
    ['an unfinished sequence keeps its words', 'a\u001b]0;all the rest', 'a]0;all the rest'],
    ['backspace and bell', 'ab\b\u0007c', 'abc'],
    ['line breaks and tabs', 'a\r\n\tb\u2028c', 'a b c'],
    ['bidi controls', 'a\u202Eb\u2066c\u200Ed', 'abcd'],
    ['half a pair', 'a\uD83Db', 'a\uFFFDb'],
    ['joiners and marks stay', '👩‍👩‍👧 é می‌خواهم', '👩‍👩‍👧 é می‌خواهم'],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  const nasty = fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '\u001b',
      '[',
      ']',
      '3',
      'm',
      ';',
      '\u0007',
      '\\',
      '\u009b',
      '\u009d',
      '\u009c',
      '\n',
      '\u202E',
      '\uD83D',
      '\uDE00',
    ),
  });

  test('leaves nothing that acts, and twice is once', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const result = printable(text);
        expect(result).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/u);
        expect(printable(result)).toBe(result);
      }),
    );
  });

  test('takes linear time', () => {
    expect(printable('\u001b]'.repeat(200_000))).toBe(']'.repeat(200_000));
  });
});
