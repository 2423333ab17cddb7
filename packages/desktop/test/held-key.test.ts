import { namedKeys } from '@voiceinput/desktop';
import { keyCodes, watchHeldKey } from '@voiceinput/desktop/portable';
import type { PortableEvent } from '@voiceinput/desktop/portable';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const LONGEST_MS = 60_000;
/** Where the letter is (libuiohook, include/uiohook.h, "VC_D"). */
const D = 0x20;

/** A keyboard whose keys are heard when the test says so. */
function keyboard(name: string) {
  const told: string[] = [];
  let hear: (event: PortableEvent) => void = () => undefined;
  const end = watchHeldKey(name, {
    input: { watch: (listener) => ((hear = listener), () => (hear = () => undefined)) },
    longestMs: LONGEST_MS,
    pressed: () => told.push('pressed'),
    released: () => told.push('released'),
    usedAsModifier: () => told.push('used'),
    escaped: () => told.push('escaped'),
  });
  const key = (of: string, down: boolean, more: Partial<PortableEvent> = {}): void =>
    hear({
      kind: 'key',
      own: false,
      down,
      repeated: false,
      code: keyCodes[of] ?? D,
      atMs: performance.now(),
      modifiers: new Set(),
      ...more,
    });
  return { told, key, end };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('is told once, however often the keyboard repeats it', () => {
  const { told, key } = keyboard('F9');
  key('F9', true);
  for (let count = 0; count < 20; count += 1) {
    vi.advanceTimersByTime(100);
    key('F9', true, { repeated: true });
  }
  key('F9', false);
  expect(told).toEqual(['pressed', 'released']);
});

test('whose release was lost is released after the longest time', () => {
  const { told, key } = keyboard('Control_R');
  key('Control_R', true);
  vi.advanceTimersByTime(LONGEST_MS);
  expect(told).toEqual(['pressed', 'released']);
  key('Control_R', true);
  expect(told).toEqual(['pressed', 'released', 'pressed']);
});

test('whose release was lost works again with the next press', () => {
  const { told, key } = keyboard('Control_R');
  key('Control_R', true);
  vi.advanceTimersByTime(5_000);
  key('Control_R', true, { repeated: true });
  key('Control_R', false);
  expect(told).toEqual(['pressed', 'released', 'pressed', 'released']);
});

test('that begins a shortcut is no dictation, and our own keys are no shortcut', () => {
  const { told, key } = keyboard('Alt_R');
  key('Alt_R', true);
  key('Left', true, { own: true });
  key('Alt_R', false, { own: true });
  expect(told).toEqual(['pressed']);
  key('Left', true);
  key('Alt_R', false);
  expect(told).toEqual(['pressed', 'used']);
});

test('Escape is told, and nothing after the end', () => {
  const { told, key, end } = keyboard('Control_R');
  key('Escape', true);
  end();
  key('Control_R', true);
  expect(told).toEqual(['escaped']);
});

test('has the same names as on X11', () => {
  expect(Object.keys(namedKeys).filter((name) => !(name in keyCodes))).toEqual([]);
  expect(Object.keys(keyCodes).filter((name) => !(name in namedKeys))).toEqual([]);
});

test('with modifiers is told with just those', () => {
  const { told, key } = keyboard('ctrl + Alt + d');
  const press = (...modifiers: ('Control' | 'Alt' | 'Shift')[]): void => {
    key('D', true, { modifiers: new Set(modifiers) });
    key('D', false);
  };
  press('Control', 'Alt', 'Shift');
  press('Control');
  press();
  expect(told).toEqual([]);
  press('Control', 'Alt');
  expect(told).toEqual(['pressed', 'released']);
});

test('that there is not is said with those that there are', () => {
  expect(() => keyboard('Contrl_R')).toThrow(
    expect.objectContaining({ code: 'ERR_DESKTOP', hint: expect.stringMatching(/Control_R/) }),
  );
});
