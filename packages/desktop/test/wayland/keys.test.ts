import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Key, missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { compositors, keyLines, setOnSway, watchSwayKeys } from '../../src/wayland/index.ts';
import type { Compositor, KeyWord, SwayKeys } from '../../src/wayland/index.ts';

const ESCAPE = 0xff1b;
const wanted = { isHeld: true, undoKey: '', pasteKey: '', command: 'voiceinput' };

const KEYS = { key: 'Super+F9', undoKey: 'Control+Alt+Z', pasteKey: 'F10' };
const written: Readonly<Record<Compositor, readonly string[]>> = {
  sway: [
    'bindsym --no-repeat Mod4+F9 nop voiceinput start',
    'bindsym --release Mod4+F9 nop voiceinput stop',
    'bindsym --release Ctrl+Mod1+z nop voiceinput undo',
    'bindsym --release F10 nop voiceinput paste',
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

test('only lines that were tried are said to be', () => {
  expect(compositors.filter((name) => keyLines(name, { ...wanted, ...KEYS }).isTried)).toEqual(['sway', 'gnome']);
});

test('a key that is pressed to begin and to end has one line; one that is not set has none', () => {
  const { lines } = keyLines('sway', { ...wanted, isHeld: false, key: 'F9' });
  expect(lines).toEqual(['bindsym --no-repeat F9 nop voiceinput toggle']);
});

test('further keys begin with their profile', () => {
  const moreKeys = [{ key: 'F8', profile: 'russian' }, { key: 'F7' }];
  const { lines } = keyLines('sway', { ...wanted, key: '', moreKeys });
  expect(lines).toEqual([
    'bindsym --no-repeat F8 exec voiceinput start --profile russian',
    'bindsym --release F8 nop voiceinput stop',
    'bindsym --no-repeat F7 nop voiceinput start',
    'bindsym --release F7 nop voiceinput stop',
  ]);
  expect(keyLines('niri', { ...wanted, key: '', moreKeys }).lines[0]).toBe(
    'F8 repeat=false { spawn "voiceinput" "toggle" "--profile" "russian"; }',
  );
});

const missing = missingForSway('foot');
if (missing !== undefined) console.log(`skipped: ${missing}`);

describeUnless(missing)('on sway', () => {
  let desk: Sway;
  let keys: SwayKeys;
  const heard: KeyWord[] = [];
  beforeAll(async () => {
    desk = await openSway();
    keys = await watchSwayKeys({ did: (word) => heard.push(word), troubled: () => undefined });
  });
  afterAll(async () => {
    await keys?.close();
    await desk?.close();
  });
  beforeEach(() => void heard.splice(0));

  test.each([
    ['a key', 'F9', 0xffc6, []],
    ['a modifier', 'Control_R', Key.rightControl, []],
    ['a combination', 'Control+Alt+J', 0x6a, [Key.control, 0xffe9]],
  ] as const)(
    '%s that is held begins when it is pressed, and ends when it is released',
    async (_, key, keysym, held) => {
      await setOnSway(keyLines('sway', { ...wanted, key }).lines);
      const releases = [];
      for (const one of [...held, keysym]) releases.push(await desk.user.hold(one));
      await expect.poll(() => heard).toEqual(['start']);
      for (const release of releases.toReversed()) await release();
      await expect.poll(() => heard).toEqual(['start', 'stop']);
      expect(keys.trouble).toBeUndefined();
    },
  );

  test('Escape cancels while it is kept, also with a modifier, and reaches the window in front else', async () => {
    const told = desk.file('told');
    const window = await desk.open(
      ['foot', '-a', 'front', 'sh', '-c', `stty -icanon -echo; cat -v > ${told}`],
      'front',
    );
    const typed = (): string => readFileSync(told, 'utf8');
    const isGone = async (): Promise<void> => {
      // What was used is forgotten after it ran; all else when sway comes to it, and keys come by another way.
      keys.keepEscape(false);
      await expect
        .poll(async () => {
          await desk.user.key(ESCAPE);
          await desk.user.type('x');
          return typed();
        })
        .toMatch(/\^\[x$/);
    };
    for (const held of [[], [Key.control]]) {
      keys.keepEscape(true);
      await expect.poll(() => pressed(held)).toContain('cancel');
      await isGone();
      heard.splice(0);
    }
    await window.close();

    async function pressed(held: readonly number[]): Promise<readonly KeyWord[]> {
      await desk.user.key(ESCAPE, ...held);
      return heard;
    }
  });

  test('what sway refuses is told', async () => {
    await expect(setOnSway(['bindsym Nonsense exec true'])).rejects.toThrow(/sway refused "bindsym Nonsense/);
  });
});

describeUnless(missing)("in sway's configuration", () => {
  test('keys are known that are bound there, also after it is read again, and Escape that the user bound is left', async () => {
    const desk = await openSway({ configuration: 'bindsym Escape nop mine\nbindsym F9 nop voiceinput toggle' });
    const heard: unknown[] = [];
    const keys = await watchSwayKeys({ did: (word) => heard.push(word), troubled: (error) => heard.push(error.code) });
    try {
      expect(keys.trouble).toBeUndefined();
      keys.keepEscape(true);
      await desk.user.key(ESCAPE);
      await desk.user.key(0xffc6);
      await expect.poll(() => heard).toEqual(['toggle']);
      const path = join(desk.folder, 'sway.conf');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/.*voiceinput.*/, ''));
      desk.message('reload');
      await expect.poll(() => keys.trouble?.code).toBe('ERR_DESKTOP');
      desk.message('exec', 'swaymsg exit');
      await expect.poll(() => heard).toEqual(['toggle', 'ERR_DESKTOP']);
    } finally {
      await keys.close();
      await desk.close();
    }
  });
});
