// Whether the lines that bind keys on Wayland follow the settings, and what is said where there are none.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { voiceinput } from './voiceinput/here.ts';
import { ownFolder } from './voiceinput/scene.ts';

const folder = ownFolder();
mkdirSync(join(folder, 'voiceinput'));
writeFileSync(
  join(folder, 'voiceinput', 'config.json'),
  JSON.stringify({ dictation: { key: 'F9', pasteKey: 'F10', undoKey: '' } }),
);
const nowhere = { WAYLAND_DISPLAY: '', SWAYSOCK: '', XDG_CURRENT_DESKTOP: '' };
const keys = (words: readonly string[], env: Readonly<Record<string, string>>) =>
  voiceinput(['keys', ...words], { folder, env: { ...nowhere, ...env } });

test('they are those of the compositor that runs, for a configuration file', async () => {
  const { stdout, stderr, exitCode } = await keys([], { XDG_CURRENT_DESKTOP: 'sway', WAYLAND_DISPLAY: 'wayland-9' });
  expect(stdout.split('\n')).toEqual([
    'bindsym --no-repeat F9 nop voiceinput start',
    'bindsym --release F9 nop voiceinput stop',
    'bindsym --release F10 nop voiceinput paste',
    '',
  ]);
  expect({ stderr, exitCode }).toEqual({ stderr: 'To keep them: in ~/.config/sway/config.\n', exitCode: 0 });
});

test('lines that nobody tried are marked', async () => {
  const { stdout, stderr } = await keys(['--for', 'niri'], {});
  expect(stdout).toMatch(/^F9 repeat=false \{ spawn .*"toggle"; \}$/m);
  expect(stderr).toMatch(/^Nobody has tried this with niri yet\.$/m);
});

test('on X11 nothing is to be done', async () => {
  const { stdout, exitCode } = await keys([], {});
  expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(/^Nothing is to be done on X11/), exitCode: 0 });
});

test('a compositor that nobody knows is told with what to do, and so is one where nothing can be set', async () => {
  const unknown = await keys([], { XDG_CURRENT_DESKTOP: 'dwl', WAYLAND_DISPLAY: 'wayland-9' });
  expect(unknown).toMatchObject({ stdout: '', stderr: expect.stringMatching(/not known[^]*voiceinput toggle/) });
  const { stdout, stderr } = await keys(['--set', '--for', 'river'], {});
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(/on sway only, not on river/) });
});
