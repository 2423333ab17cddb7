// Dictated words are shown as they are, and that a change shows just what it changed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asMarkdown, changeAsMarkdown } from '../src/show/markdown.ts';
import { meter } from '../src/show/meter.ts';

const MARKS = fc.constantFrom(
  '!',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '*',
  '_',
  '~',
  '`',
  '$',
  '#',
  '1',
  '.',
  ' ',
  '\n',
  '\\',
);

test.each([
  ['# no heading', String.raw`\# no heading`],
  ['![](https://example.org/seen.png)', String.raw`!\[\](https://example.org/seen.png)`],
  ['<img src=x>', String.raw`\<img src=x\>`],
  ['2. no list', String.raw`2\. no list`],
  ['- no list', String.raw`\- no list`],
  ['a *b* _c_ `d` ~~e~~ $f$', String.raw`a \*b\* \_c\_ \`d\` \~\~e\~\~ \$f\$`],
  ['one\ntwo', 'one  \ntwo'],
  ['It costs 5.50, he said.', 'It costs 5.50, he said.'],
])('%s', (said, shown) => {
  expect(asMarkdown(said)).toBe(shown);
});

test('no picture, link, code or mark is left that nobody wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: MARKS }), (said) => {
      expect(asMarkdown(said).replaceAll(/\\[^]/g, '')).not.toMatch(/[[\]<>*_~`$]/);
    }),
  );
});

test('what was changed is struck through and bold, and nothing else', () => {
  expect(changeAsMarkdown('I scream for it', 'Ice cream for it')).toBe('~~I scream~~ **Ice cream** for it');
  expect(changeAsMarkdown('the same', 'the same')).toBe('the same');
  expect(changeAsMarkdown('cut this', 'cut')).toBe('cut ~~this~~');
  expect(changeAsMarkdown('in here', 'in here.')).toBe('in ~~here~~ **here.**');
  expect(changeAsMarkdown('', 'all * new')).toBe(String.raw`**all \* new**`);
});

test('without its marks a change holds both texts', () => {
  const words = fc.array(fc.constantFrom('a', 'bee', 'sea', 'dee,', 'e.')).map((all) => all.join(' '));
  fc.assert(
    fc.property(words, words, (draft, refined) => {
      const shown = changeAsMarkdown(draft, refined);
      const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');
      expect(squeezed(shown.replaceAll(/~~.*?~~/g, '').replaceAll('**', ''))).toBe(squeezed(refined));
      expect(squeezed(shown.replaceAll(/\*\*.*?\*\*/g, '').replaceAll('~~', ''))).toBe(squeezed(draft));
    }),
  );
});

test('loudness is drawn from nothing to full', () => {
  expect([0, 0.001, 0.01, 0.1, 1].map(meter)).toEqual(['–', '–', '▁▂▃', '▁▂▃▄▅', '▁▂▃▄▅▆▇█']);
});
