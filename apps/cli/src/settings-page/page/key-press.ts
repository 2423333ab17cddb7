// The choice of a key by pressing it: named as the settings name keys.

import { textInput } from './control.ts';
import type { ControlPort } from './control-port.ts';
import { setTo } from './control-port.ts';
import { make } from './dom.ts';
import { say } from './status.ts';
import { words } from './words.ts';

/** By what browsers call the place of a key; letters, digits and function keys are named by rule. */
const names: Readonly<Record<string, string>> = {
  ControlLeft: 'Control_L',
  ControlRight: 'Control_R',
  ShiftLeft: 'Shift_L',
  ShiftRight: 'Shift_R',
  AltLeft: 'Alt_L',
  AltRight: 'Alt_R',
  MetaLeft: 'Super_L',
  MetaRight: 'Super_R',
  ContextMenu: 'Menu',
  CapsLock: 'Caps_Lock',
  ScrollLock: 'Scroll_Lock',
  Pause: 'Pause',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Space: 'Space',
};
const held = { ctrlKey: 'Control', altKey: 'Alt', shiftKey: 'Shift', metaKey: 'Super' } as const;
const MODIFIER = /^(?:Control|Shift|Alt|Meta)(?:Left|Right)$/;

type Pressed = Pick<KeyboardEvent, 'code' | keyof typeof held>;

/** `F9`, `Control_R`, `Control+Alt+J`. Absent for a key that has no name here. */
export function nameOfKey(pressed: Pressed): string | undefined {
  const { code } = pressed;
  const key = /^F\d+$/.test(code) ? code : (/^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? names[code]);
  if (key === undefined || MODIFIER.test(code)) return key;
  const modifiers = Object.entries(held).flatMap(([name, modifier]) =>
    pressed[name as keyof typeof held] ? [modifier] : [],
  );
  return [...modifiers, key].join('+');
}

/** A field to write into, and a button that takes the next key that is pressed; Escape leaves it as it is. */
export function keyChoice(port: ControlPort): HTMLElement {
  const button = make('button', { type: 'button', id: `${port.id}-press` }, words.pressKey);
  let isWaiting = false;
  /** What was held with it is known when it goes down. */
  let pressed: KeyboardEvent | undefined;

  function wait(isNow: boolean): void {
    isWaiting = isNow;
    pressed = undefined;
    button.textContent = isNow ? words.pressKeyNow : words.pressKey;
    if (isNow) say(words.pressKeyNow);
  }

  button.addEventListener('click', () => wait(true));
  button.addEventListener('blur', () => wait(false));
  button.addEventListener('keydown', (event) => {
    if (!isWaiting || event.repeat) return;
    event.preventDefault();
    if (event.key === 'Escape') return wait(false);
    pressed = event;
  });
  button.addEventListener('keyup', (event) => {
    if (!isWaiting || pressed === undefined) return;
    event.preventDefault();
    const name = nameOfKey(pressed);
    wait(false);
    if (name === undefined) port.complain(words.noNameOfKey);
    else setTo(port, name);
  });
  return make('div', { class: 'device' }, textInput(port), button);
}
