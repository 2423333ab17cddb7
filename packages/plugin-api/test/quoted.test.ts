import { quoted } from '@voiceinput/plugin-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('a plain name stays readable', () => {
  expect(quoted('Interview März 3.flac')).toBe('"Interview März 3.flac"');
  expect(quoted('会議 🎤.wav')).toBe('"会議 🎤.wav"');
});

test.each([
  ['a\nb', '"a\\nb"'],
  ['\u001b[31mred', '"\\u{1b}[31mred"'],
  ['\u009b1A', '"\\u{9b}1A"'],
  ['gpj\u202e.wav', '"gpj\\u{202e}.wav"'],
  ['a\u2028b', '"a\\u{2028}b"'],
  ['\ud800', '"\\u{d800}"'],
])('%j is escaped', (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test('no value brings a control, bidi or separator character into a message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(quoted(value)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Surrogate}]/u);
    }),
  );
});
