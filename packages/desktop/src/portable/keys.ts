// How keys are sent where the system has no queue for many at once: one by one, without a pause, each expected to be heard again.

import { setTimeout as pause } from 'node:timers/promises';
import type { ExpectedKeys } from './expected-keys.ts';
import { keyCodes } from './key-codes.ts';
import { heardOf } from './strokes.ts';
import type { Modifier, Stroke } from './strokes.ts';

export interface Keys {
  /** Whether `send` gives every character of `text` here. */
  isTypable(text: string): boolean;
  /** Sends keys to whatever has the focus. */
  send(strokes: readonly Stroke[]): void;
  /** Whether keys that were sent have not been heard yet. */
  readonly isAwaited: boolean;
  /** Waits until all keys that were sent have been heard. Gives false when that does not come. */
  heard(): Promise<boolean>;
  /** Lets go of a modifier that is held, by its uiohook code. */
  letGo(code: number): void;
}

const LOOK_EVERY_MS = 2;

const robotNames = {
  Left: 'left',
  Right: 'right',
  BackSpace: 'backspace',
  Delete: 'delete',
  Insert: 'insert',
  v: 'v',
} as const;

/** What robotjs calls modifiers when they are held. */
const heldNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries({
    Control_L: 'control',
    Control_R: 'right_control',
    Alt_L: 'alt',
    Alt_R: 'right_alt',
    Shift_L: 'shift',
    Shift_R: 'right_shift',
    Super_L: 'command',
    Super_R: 'command',
  }).map(([name, robotName]) => [keyCodes[name]!, robotName]),
);

/**
 * On X11 robotjs gives the first level of the first key that has a character, and right only on a layout with Latin
 * letters; elsewhere the system takes characters, but robotjs cuts those beyond the first 65,536.
 */
const TYPABLE = process.platform === 'linux' ? /^[A-Za-z0-9 ,./;-]*$/ : /^[^\ud800-\udfff\p{Cc}]*$/u;

export async function openKeys(expected: ExpectedKeys): Promise<Keys> {
  const { default: robot } = await import('@jitsi/robotjs');
  // It would take the first display of the machine, whoever's that is.
  if (process.platform === 'linux') robot.setXDisplayName(process.env['DISPLAY']!);
  robot.setKeyboardDelay(0);

  function tap(key: keyof typeof robotNames, times: number, modifier: Modifier | undefined): void {
    for (let count = 0; count < times; count += 1)
      robot.keyTap(robotNames[key], modifier === undefined ? [] : [modifier]);
  }

  return {
    isTypable: (text) => TYPABLE.test(text),
    send(strokes) {
      expected.expect(heardOf(strokes), performance.now());
      for (const stroke of strokes) {
        if ('text' in stroke) robot.typeString(stroke.text);
        else tap(stroke.key, stroke.times ?? 1, stroke.with);
      }
    },
    get isAwaited() {
      return expected.isWaiting;
    },
    async heard() {
      while (expected.isWaiting) {
        if (expected.expire(performance.now())) return false;
        await pause(LOOK_EVERY_MS);
      }
      return true;
    },
    letGo(code) {
      const name = heldNames[code];
      if (name === undefined) return;
      expected.expect([{ code, down: false, optional: true }], performance.now());
      robot.keyToggle(name, 'up');
    },
  };
}
