// What is said about nothing is not believed, and quiet speech is.

import { expect, test } from 'vitest';
import { isInvented } from '../src/silence.ts';

test.each([
  ['a kitchen, "I\'m going to make a little bit of the sauce."', 0.43, -1.97, true],
  ['babble, "Thank you."', 0.37, -1.04, true],
  ['digital silence, "you"', 0.89, -0.92, true],
  ['a barking dog', 0.71, -0.86, true],
  ['thunder', 0.55, -2.85, true],
  ['an unlikely text, whatever the decoder thinks of speech', 0.01, -2.1, true],
  ['a likely text that the decoder half takes for silence', 0.5, -0.21, false],
  ['an unlikely text with speech', 0.17, -1.46, false],
  ['counting behind a guitar', 0.17, -0.42, false],
])('%s', (_, noSpeech, meanLogProb, invented) => {
  expect(isInvented({ noSpeech, meanLogProb })).toBe(invented);
});
