// Options may still be written under the names that they had before.

import { expect, test } from 'vitest';
import { underPresentNames } from '../src/options.ts';

test('old names count as the present ones, with a sentence about each', () => {
  const sentences: string[] = [];
  const tell = (sentence: string): void => void sentences.push(sentence);
  const written = { model: 'm', passes: 1, readings: 3, int8Encoder: true, roundedEncoder: false, beams: 2 };
  expect(underPresentNames(written, tell)).toEqual({ model: 'm', passes: 3, int8Encoder: false, beams: 2 });
  expect(sentences).toEqual([
    expect.stringMatching(/"readings".*"passes"/),
    expect.stringMatching(/"roundedEncoder".*"int8Encoder"/),
  ]);
});

test('present names are nothing to talk about', () => {
  const tell = (sentence: string): void => expect.unreachable(sentence);
  expect(underPresentNames({ passes: 2, int8Encoder: false }, tell)).toEqual({ passes: 2, int8Encoder: false });
});
