// What `ray build` made is what the manifest promises, and that it runs outside of this workspace's tools.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, becomeUser, ownFolder, program } from './daemon/daemon.ts';
import { launcher, manifest } from './built/manifest.ts';

const { commands, icon, dependencies } = manifest;
const folder = ownFolder();
beforeAll(() => becomeUser(folder));
afterAll(() => ask((client) => client.call('quit', {})));

test.each(commands)('$title is built from its source and can be loaded', async ({ name, mode }) => {
  expect(existsSync(join(launcher, 'src', `${name}.${mode === 'view' ? 'tsx' : 'ts'}`))).toBe(true);
  expect(await load(name)).toEqual([{ isCommand: true }]);
});

test('there is no command that is built and not in the manifest', () => {
  const built = JSON.parse(readFileSync(join(launcher, 'dist', 'package.json'), 'utf8')) as typeof manifest;
  expect(built.commands).toEqual(commands);
});

test('a built command starts the daemon and talks to it', async () => {
  const preferences = { executable: program };
  expect(await run('toggle-dictation', preferences)).toEqual([{ closed: true }, { hud: 'Listening' }]);
  expect(await run('toggle-dictation', preferences)).toEqual([{ closed: true }, { hud: 'Transcribing' }]);
  expect(await run('toggle-hybrid', {})).toEqual([{ hud: 'Hybrid is off: drafts are final' }]);
});

test('the icon is a PNG of 512 × 512 pixels with transparency', () => {
  const png = readFileSync(join(launcher, 'assets', icon));
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  // https://www.w3.org/TR/png-3/#11IHDR
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png[25]]).toEqual([512, 512, 6]);
});

test('npm could install it: no dependency is of the workspace protocol', () => {
  for (const wanted of Object.values(dependencies)) expect(wanted).toMatch(/^\^?\d+\.\d+\.\d+$/);
});

const load = (name: string): Promise<unknown[]> => loaded(name, []);
const run = (name: string, preferences: object): Promise<unknown[]> => loaded(name, [JSON.stringify(preferences)]);

/** What a built command said in a process of its own. With preferences it is run, else only loaded. */
async function loaded(name: string, preferences: readonly string[]): Promise<unknown[]> {
  const { DISPLAY: _display, ...env } = process.env;
  const args = [join(launcher, 'test/built/load.cjs'), join(launcher, 'dist', `${name}.js`), ...preferences];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: folder });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
