// Which texts are not trusted beside a draft.

import llama from 'llama-tokenizer-js';
import { expect, test } from 'vitest';
import { besideDraft } from '../src/doubt.ts';

const tokensOf = (text: string): number[] => llama.encode(text, false, true);

const DRAFT = 'The train leaves at nine, so we meet at eight. Bring your coat, please.';

test.each([
  ['another word', 'The rain leaves at nine, so we meet at eight. Bring your coat, please.', true],
  ['a mark less', 'The train leaves at nine so we meet at eight. Bring your coat, please.', true],
  ['the style without punctuation', 'the train leaves at nine so we meet at eight bring your coat please', false],
  ['a part passed over', 'Bring your coat, please. Bring it.', false],
])('beside a draft: %s', (_, text, trusted) => {
  expect(besideDraft(tokensOf(DRAFT))(tokensOf(text))).toBe(trusted);
});

test('without a draft, and beside a short plain one, all pass', () => {
  expect(besideDraft([])(tokensOf('bring your coat please'))).toBe(true);
  expect(besideDraft(tokensOf('yes please do'))(tokensOf('yes'))).toBe(true);
});

test('a figure is no punctuation', () => {
  expect(besideDraft(tokensOf('at 10.30'))(tokensOf('at ten thirty'))).toBe(true);
});
