import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Key, missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { compositors, keyLines, setOnSway } from '../../src/wayland/index.ts';
import type { Compositor } from '../../src/wayland/index.ts';

const wanted = { isHeld: true, undoKey: '', pasteKey: '', command: 'voiceinput' };

const KEYS = { key: 'Super+F9', undoKey: 'Control+Alt+Z', pasteKey: 'F10' };
const written: Readonly<Record<Compositor, readonly string[]>> = {
  sway: [
    'bindsym --no-repeat Mod4+F9 exec voiceinput start',
    'bindsym --release Mod4+F9 exec voiceinput stop',
    'bindsym --release Ctrl+Mod1+z exec voiceinput undo',
    'bindsym --release F10 exec voiceinput paste',
  ],
  hyprland: [
    'bind = SUPER, F9, exec, voiceinput start',
    'bindr = SUPER, F9, exec, voiceinput stop',
    'bindr = CTRL ALT, z, exec, voiceinput undo',
    'bindr = , F10, exec, voiceinput paste',
  ],
  river: [
    "riverctl map normal Super F9 spawn 'voiceinput start'",
    "riverctl map -release normal Super F9 spawn 'voiceinput stop'",
    "riverctl map -release normal Control+Alt z spawn 'voiceinput undo'",
    "riverctl map -release normal None F10 spawn 'voiceinput paste'",
  ],
  niri: [
    'Super+F9 repeat=false { spawn "voiceinput" "toggle"; }',
    'Ctrl+Alt+z repeat=false { spawn "voiceinput" "undo"; }',
    'F10 repeat=false { spawn "voiceinput" "paste"; }',
  ],
  labwc: [
    '<keybind key="W-F9"><action name="Execute" command="voiceinput start"/></keybind>',
    '<keybind key="W-F9" onRelease="yes"><action name="Execute" command="voiceinput stop"/></keybind>',
    '<keybind key="C-A-z" onRelease="yes"><action name="Execute" command="voiceinput undo"/></keybind>',
    '<keybind key="F10" onRelease="yes"><action name="Execute" command="voiceinput paste"/></keybind>',
  ],
  gnome: ['Super+F9: voiceinput toggle', 'Ctrl+Alt+z: voiceinput undo', 'F10: voiceinput paste'],
  kde: ['Super+F9: voiceinput toggle', 'Ctrl+Alt+z: voiceinput undo', 'F10: voiceinput paste'],
};

test.each(compositors)(
  'in %s every key has a line, and the key that is held two where a release can be bound',
  (name) => {
    expect(keyLines(name, { ...wanted, ...KEYS }).lines).toEqual(written[name]);
  },
);

test('a key that is pressed to begin and to end has one line; one that is not set has none', () => {
  const { lines } = keyLines('sway', { ...wanted, isHeld: false, key: 'F9' });
  expect(lines).toEqual(['bindsym --no-repeat F9 exec voiceinput toggle']);
});

const missing = missingForSway();
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('on sway', () => {
  let desk: Sway;
  let told: string;
  beforeAll(async () => {
    desk = await openSway();
    told = desk.file('told');
    // Stands for the program.
    writeFileSync(join(desk.folder, 'said'), `#!/bin/sh\necho "$1" >> ${told}\n`, { mode: 0o755 });
  });
  afterAll(() => desk?.close());

  const heard = (): readonly string[] => readFileSync(told, 'utf8').split('\n').filter(Boolean);

  test.each([
    ['a key', 'F9', 0xffc6, []],
    ['a modifier', 'Control_R', Key.rightControl, []],
    ['a combination', 'Control+Alt+J', 0x6a, [Key.control, 0xffe9]],
  ] as const)(
    '%s that is held begins when it is pressed, and ends when it is released',
    async (_, key, keysym, held) => {
      writeFileSync(told, '');
      await setOnSway(keyLines('sway', { ...wanted, key, command: join(desk.folder, 'said') }).lines);
      const releases = [];
      for (const one of [...held, keysym]) releases.push(await desk.user.hold(one));
      await expect.poll(heard).toEqual(['start']);
      for (const release of releases.toReversed()) await release();
      await expect.poll(heard).toEqual(['start', 'stop']);
    },
  );

  test('what sway refuses is told', async () => {
    await expect(setOnSway(['bindsym Nonsense exec true'])).rejects.toThrow(/sway refused "bindsym Nonsense/);
  });
});
