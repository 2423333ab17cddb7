import type { InputEvent } from '@voiceinput/desktop';
import { expect, test } from 'vitest';
import { openWatch } from '../src/watch/watch.ts';

const WINDOW = 7;
/** Without Shift and with it; those of another layout after them. */
const keysyms: Readonly<Record<number, readonly number[]>> = {
  38: [0x61, 0x41],
  50: [0xffe1, 0xffe1],
  75: [0xffc6, 0xffc6],
  15: [0x36, 0xfe52],
  37: [0xffe3, 0xffe3],
  48: [0x27, 0x22, 0xfe51, 0xfe57],
  117: [0xff56, 0xff56],
};
const [A, SHIFT, F9, SIX, QUOTE, CONTROL, PAGE_DOWN] = [38, 50, 75, 15, 48, 37, 117];

function openHands({ isOverNotice = false } = {}) {
  let hear: (event: InputEvent) => void = () => undefined;
  const watch = openWatch({
    input: { watch: (listener) => ((hear = listener), () => undefined), missed: () => undefined },
    keyboard: {
      down: async () => new Set(),
      keymap: { keysymsAt: (code, shift) => (keysyms[code] ?? []).filter((_, index) => index % 2 === (shift ? 1 : 0)) },
    },
    isPointerOverNotice: async () => isOverNotice,
    activeWindow: async () => ({ windowId: WINDOW, names: [] }),
  });
  const act = (code: number, down: boolean, kept: boolean, own = false): void =>
    hear({ kind: 'key', own, ours: own, down, repeated: false, kept, code, atMs: performance.now() });
  return {
    watch,
    line: watch.lineIn(WINDOW),
    click: () =>
      hear({ kind: 'button', own: false, ours: false, down: true, repeated: false, kept: false, code: 1, atMs: 0 }),
    pressOwn: (code: number) => act(code, true, false, true),
    press: (code: number, kept = false) => act(code, true, kept),
    release: (code: number, kept = false) => act(code, false, kept),
  };
}

test('the key that triggers dictations does nothing to the text, since no window gets it', () => {
  const { line, press, release } = openHands();
  press(A);
  press(F9, true);
  release(F9, true);
  press(A);
  expect({ end: line.end, endedBy: line.endedBy }).toEqual({ end: 2, endedBy: undefined });
});

test('nor does it with a modifier', () => {
  const { line, press } = openHands();
  press(SHIFT);
  press(F9, true);
  expect(line.endedBy).toBeUndefined();
});

test('a key that windows get ends what is known', () => {
  const { line, press } = openHands();
  press(F9);
  expect(line.endedBy).toBe('caret-moved');
});

test('a mend waits until a key that asked for it, and its modifiers, are let go', () => {
  const { watch, press, release } = openHands();
  expect(watch.isPausing).toBe(true);
  press(SHIFT);
  press(F9, true);
  release(F9, true);
  expect(watch.isPausing).toBe(false);
  release(SHIFT);
  expect(watch.isPausing).toBe(true);
});

test('a key that waits for the next one ends what is known: with Shift, or in another layout of the user', () => {
  const one = openHands();
  one.press(SIX);
  expect(one.line.endedBy).toBeUndefined();
  one.press(SHIFT);
  one.press(SIX);
  expect(one.line.endedBy).toBe('input-method');
  const other = openHands();
  other.press(QUOTE);
  expect(other.line.endedBy).toBe('input-method');
});

test('keys of ours that never come end what is known, and nothing that comes later', async () => {
  const { watch, line, press, pressOwn } = openHands();
  watch.expectOwn(2);
  pressOwn(A);
  await watch.untilOwnSeen();
  expect(line.endedBy).toBe('keys-not-seen');
  const later = watch.lineIn(WINDOW);
  press(A);
  expect({ end: later.end, endedBy: later.endedBy }).toEqual({ end: 1, endedBy: undefined });
});

test('a modifier whose release was lost holds up no mend: the keyboard knows that nobody holds it', async () => {
  const { watch, press } = openHands();
  press(SHIFT);
  expect(watch.isPausing).toBe(false);
  await watch.untilPause(new AbortController().signal);
  expect(watch.isPausing).toBe(true);
});

test.each([
  [true, undefined, 0],
  [false, 'clicked', 1],
])('a click on a notification (%s) does nothing to a window, any other may', async (isOverNotice, endedBy, moves) => {
  const { watch, line, press, click } = openHands({ isOverNotice });
  click();
  press(A);
  await expect.poll(() => ({ endedBy: line.endedBy, moves: watch.moves })).toEqual({ endedBy, moves });
});

test('a click on a notification mends nothing that a click before it ended', async () => {
  const { line, click } = openHands({ isOverNotice: true });
  line.cut('clicked');
  click();
  await new Promise(setImmediate);
  expect(line.endedBy).toBe('clicked');
});

test('a key that takes browsers to another tab may move the focus, and a letter does not', () => {
  const { watch, press } = openHands();
  press(A);
  press(PAGE_DOWN);
  expect(watch.moves).toBe(0);
  press(CONTROL);
  press(PAGE_DOWN);
  expect(watch.moves).toBe(1);
});
