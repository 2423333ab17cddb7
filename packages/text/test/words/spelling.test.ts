// Whether a capital stays inside a sentence.

import { expect, test } from 'vitest';
import { keepsCapital } from '../../src/words/spelling.ts';

test.each([
  ['I', 'en', '', true],
  ["I've", 'en', '', true],
  ['API', 'en', '', true],
  ['iPhone', 'en', '', true],
  ['London', 'en', '', true],
  ['The', 'en', '', false],
  ['Table', 'en', '', false],
  ['Москва', 'ru', '', true],
  ['Стол', 'ru', '', false],
  ['Voldra', 'en', 'We met voldra there.', false],
  ['Table', 'en', 'We call it Table here.', true],
])('%s in %s, beside "%s": %s', (word, language, context, keeps) => {
  expect(keepsCapital(word, { language, context })).toBe(keeps);
});
