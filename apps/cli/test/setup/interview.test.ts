// Whether somebody at a terminal is led through, sees and hears what is chosen, and loses nothing by leaving.

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundled, ownFolder, withModels } from '../voiceinput/scene.ts';
import { keys, openPty } from './pty.ts';

const missing = missingForSoundRig('parecord') ?? missingForDisplay() ?? missingPrograms('script', 'xdotool');

describeUnless(missing)('setup on a terminal', () => {
  withModels();
  const root = ownFolder();
  const { enter, down, escape, space } = keys;
  let rig: SoundRig;
  let display: VirtualDisplay;
  let folder: string;
  let env: Record<string, string>;
  const file = (): string => join(folder, 'voiceinput', 'config.json');

  beforeAll(async () => {
    rig = await openSoundRig();
    await rig.addMicrophone({ id: 'headset', name: 'Headset' });
    display = await openVirtualDisplay();
  });
  afterAll(async () => {
    await display.close();
    await rig.close();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(root, 'user-'));
    const own = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, VOICEINPUT_RUNTIME_DIR: join(folder, 'run') };
    env = {
      ...rig.env,
      ...own,
      LC_ALL: 'C.UTF-8',
      DISPLAY: display.name,
      XDG_SESSION_TYPE: 'x11',
      WAYLAND_DISPLAY: '',
    };
  });

  test('asks, shows the level, takes the key that is pressed, tries a dictation, and writes at the end', async () => {
    const pty = openPty(['setup'], env);
    // English is suggested; without it what is built in stays.
    await pty.when(/Which languages[^]*◼ English/, space, enter);
    await pty.shows(/models for these languages are here/);
    await pty.when(/Which microphone\?[^]*Headset/, down, enter);
    await pty.shows(/It hears nothing yet/);
    await rig.microphone.say(Float32Array.from({ length: 16_000 }, (_, index) => 0.3 * Math.sin(index / 5)));
    await pty.when(/█+.*It hears you\./, enter);
    await pty.when(/Now: Control_R/, down, enter);
    await pty.shows(/Press the key now/);
    await promisify(execFile)('xdotool', ['key', 'ctrl+alt+j'], { env: { ...process.env, ...env } });
    await pty.when(/Key: Control\+Alt\+J[^]*How is it used/, down, enter);
    await pty.when(/Try it now\?/, enter);
    // Pressed before it is asked for, it counts too.
    await pty.when(/Loading the models/, enter);
    await pty.shows(/Speak; Enter ends/);
    await rig.microphone.say(bundled('sample.flac'));
    await pty.shows(/slides/i);
    pty.press(enter);
    await pty.when(/Once more/, down, enter);
    await pty.when(/at every login/, enter);
    await pty.shows(/microphone +desk[^]*key +Control\+Alt\+J[^]*Write this/);
    expect(existsSync(file())).toBe(false);
    pty.press(enter);
    await pty.shows(/Ready: press Control\+Alt\+J to start and to stop/);
    expect(await pty.ended).toBe(0);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      dictation: { key: 'Control+Alt+J', mode: 'toggle', source: { options: { device: 'desk' } } },
    });
  });

  test('says so in Russian, and changes nothing for who leaves', async () => {
    const pty = openPty(['setup'], { ...env, LC_ALL: 'ru_RU.UTF-8' });
    await pty.when(/На каких языках вы говорите/, escape);
    await pty.shows(/Ничего не изменено/);
    expect(await pty.ended).toBe(0);
    expect(existsSync(file())).toBe(false);
  });

  test('is offered by the first daemon, which then starts with it', async () => {
    const pty = openPty(['serve'], env);
    await pty.when(/not set up yet/, down, enter);
    await pty.shows(/Listening at/);
    pty.press('\u0003');
    await pty.ended;
    // Whoever does not want it is not asked again.
    const again = openPty(['serve'], env);
    await again.shows(/Listening at/);
    again.press('\u0003');
    await again.ended;
    expect(again.screen).not.toContain('not set up yet');
  });
});
