import { expect, test } from 'vitest';
import { FieldTyped } from '../src/accessibility/typed.ts';

test('the caret that goes on behind a space does not begin a word; an arrow after it may', () => {
  const typed = new FieldTyped();
  typed.changed(1_000, 'a');
  expect(typed.lastSpaceAtMs).toBeLessThan(typed.lastKeyAtMs);
  typed.changed(1_100, ' ');
  typed.caretMoved(1_103);
  expect(typed).toMatchObject({ lastKeyAtMs: 1_103, lastSpaceAtMs: 1_103 });
  typed.caretMoved(1_300);
  expect(typed).toMatchObject({ lastKeyAtMs: 1_300, lastSpaceAtMs: 1_103 });
});
