import { expect, test } from 'vitest';
import { fieldKindOf } from '../src/accessibility/find.ts';

test.each([
  ['an address', { tag: 'input', 'text-input-type': 'url' }, 'url'],
  ['a search', { 'text-input-type': 'search' }, 'search'],
  ['a search by its role', { tag: 'div', 'xml-roles': 'combobox searchbox' }, 'search'],
  ['a password', { 'text-input-type': 'password' }, 'password'],
  ['any text', { 'text-input-type': 'text' }, undefined],
  ['nothing', {}, undefined],
])('a field says that it is for %s', (_what, attributes, kind) => {
  expect(fieldKindOf([attributes])).toBe(kind);
});

test('one that does not answer is for any text', () => {
  expect(fieldKindOf([])).toBeUndefined();
});
