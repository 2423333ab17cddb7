import { pressesOf, returningKeys, selectingKeys, typingKeys } from '@voiceinput/field';
import { expect, test } from 'vitest';

test('what stands before the caret is deleted backwards, and the caret comes back to where it was', () => {
  const keys = typingKeys({ left: 3, remove: 2, removed: 'so', text: 'well', steps: [] });
  expect(keys).toEqual([
    { key: 'Left', times: 3 },
    { key: 'BackSpace', times: 2 },
    { text: 'well' },
    { key: 'Right', times: 3 },
  ]);
  expect(pressesOf(keys)).toBe(3 + 2 + 4 + 3);
});

test('a letter with a mark of its own is deleted forwards: Backspace would take the mark alone', () => {
  expect(typingKeys({ left: 0, remove: 1, removed: 'e\u0301', text: '', steps: [] })).toEqual([
    { key: 'Left', times: 1 },
    { key: 'Delete', times: 1 },
  ]);
});

test('what a paste replaces is selected, so that nothing is missing if it does not come', () => {
  expect(selectingKeys({ left: 1, remove: 2 })).toEqual([
    { key: 'Left', times: 1 },
    { key: 'Left', shift: true, times: 2 },
  ]);
  expect(returningKeys({ left: 0 })).toEqual([]);
});
