// Whether a key that is pressed gets the name that the settings have for it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openDisplay, pressedKey, readCombination } from '@voiceinput/desktop';
import type { Display } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const missing = missingForDisplay() ?? missingPrograms('xdotool', 'setxkbmap');

describeUnless(missing)('a key that is pressed', () => {
  let server: VirtualDisplay;
  let display: Display;
  const run = (program: string, ...args: string[]) =>
    promisify(execFile)(program, args, { env: { ...process.env, DISPLAY: server.name } });

  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    display = await openDisplay(never);
  });
  afterAll(async () => {
    await display.close();
    await server.close();
  });

  test.each([
    ['F9', 'F9'],
    // By keycode: which of two keys it is counts.
    ['105', 'Control_R'],
    ['Pause', 'Pause'],
    ['KP_Enter', 'KP_Enter'],
    ['ctrl+alt+j', 'Control+Alt+J'],
    ['super+space', 'Super+Space'],
    ['shift+F5', 'Shift+F5'],
    ['Escape', 'Escape'],
  ])('%s is %s', async (pressed, name) => {
    const heard = pressedKey(display, never);
    await run('xdotool', 'key', pressed);
    expect(await heard).toBe(name);
    expect(() => readCombination(name)).not.toThrow();
  });

  test.each([
    ['j', /would be typed/],
    ['shift+j', /would be typed/],
  ])('%s cannot be taken', async (pressed, why) => {
    const heard = pressedKey(display, never);
    void heard.catch(() => undefined);
    await run('xdotool', 'key', pressed);
    await expect(heard).rejects.toThrow(why);
  });

  test('on a Russian layout has the name of its Latin letter where there is one', async () => {
    await run('setxkbmap', 'ru,us');
    await display.keyboard.keymap.refresh();
    const heard = pressedKey(display, never);
    await run('xdotool', 'key', 'ctrl+alt+Cyrillic_el');
    expect(await heard).toBe('Control+Alt+K');
  });

  test('is not waited for after an abort', async () => {
    const leaving = new AbortController();
    const heard = pressedKey(display, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(heard).rejects.toThrow('left');
  });
});
