import { keyCodes } from '@voiceinput/desktop/portable';
import type { PortableEvent } from '@voiceinput/desktop/portable';
import { expect, test } from 'vitest';
import { openWatch } from '../src/watch.ts';

const LETTER = 0x1e;
const NUMPAD_7 = 0x47;

/** A keyboard and a mouse whose events are heard when the test says so. */
function hands() {
  let hear: (event: PortableEvent) => void = () => undefined;
  const keys = { isAwaited: false };
  const clipboard = { isTaken: true };
  const watch = openWatch({ keys, clipboard, input: { watch: (listener) => ((hear = listener), () => undefined) } });
  const line = watch.newLine();
  const key = (code: number, more: Partial<PortableEvent> = {}): void =>
    hear({ kind: 'key', own: false, down: true, repeated: false, code, atMs: 7, modifiers: new Set(), ...more });
  const click = (button: number): void =>
    hear({ kind: 'button', own: false, down: true, repeated: false, code: button, atMs: 7, modifiers: new Set() });
  return { watch, line, keys, clipboard, key, click };
}

test('counts characters and what Backspace takes of them', () => {
  const { watch, line, key } = hands();
  for (const code of [LETTER, LETTER, LETTER, keyCodes['BackSpace']!]) key(code);
  expect([line.end, watch.line === line, watch.lastKeyAtMs]).toEqual([2, true, 7]);
});

test('our own keys are neither counted nor the end', () => {
  const { watch, line, key } = hands();
  key(LETTER, { own: true });
  key(keyCodes['Left']!, { own: true });
  expect([line.end, line.endedBy, watch.moves]).toEqual([0, undefined, 0]);
});

test('a key of the user’s while ours are on their way is the end: nobody knows on which side it came', () => {
  const { watch, keys, key } = hands();
  keys.isAwaited = true;
  key(keyCodes['Shift_L']!);
  expect(watch.lineEndedBy).toBeUndefined();
  key(LETTER);
  expect([watch.lineEndedBy, watch.line]).toEqual(['typed-between', undefined]);
});

test('as is one while a text may still be on its way from the clipboard', () => {
  const { watch, clipboard, key } = hands();
  clipboard.isTaken = false;
  key(LETTER);
  expect(watch.lineEndedBy).toBe('typed-between');
});

test.each<[string, number, Partial<PortableEvent>, string]>([
  ['Enter', keyCodes['Return']!, {}, 'entered'],
  ['Tab', keyCodes['Tab']!, {}, 'focus-changed'],
  ['Command alone', keyCodes['Super_L']!, {}, 'focus-changed'],
  ['a shortcut', LETTER, { modifiers: new Set(['Control'] as const) }, 'shortcut'],
  ['a key that repeats', LETTER, { repeated: true }, 'key-held'],
  ['the numeric keypad', NUMPAD_7, {}, 'caret-moved'],
  ['an unknown key', 0, {}, 'caret-moved'],
])('%s is the end', (_name, code, more, reason) => {
  const { watch, key } = hands();
  key(code, more);
  expect(watch.lineEndedBy).toBe(reason);
});

test('a click may have moved the focus, the wheel not', () => {
  const { watch, click } = hands();
  click(4);
  expect([watch.moves, watch.lineEndedBy]).toEqual([0, undefined]);
  click(1);
  expect([watch.moves, watch.lastMove, watch.lineEndedBy]).toEqual([1, 'clicked', 'clicked']);
});

test('typing does not move the focus, also while a modifier is held alone', () => {
  const { watch, key } = hands();
  key(LETTER);
  key(keyCodes['Alt_R']!, { modifiers: new Set(['Control'] as const) });
  key(keyCodes['Alt_R']!, { down: false });
  expect([watch.moves, watch.lineEndedBy]).toEqual([0, undefined]);
});

test('a modifier is held until its release, or until the system says that none is', () => {
  const { watch, key } = hands();
  key(keyCodes['Control_R']!, { modifiers: new Set(['Control'] as const) });
  key(keyCodes['Shift_L']!);
  expect(watch.heldModifiers).toEqual([keyCodes['Control_R'], keyCodes['Shift_L']]);
  key(keyCodes['Shift_L']!, { down: false, own: true });
  expect(watch.heldModifiers).toEqual([keyCodes['Control_R']]);
  key(LETTER);
  expect(watch.heldModifiers).toEqual([]);
});
