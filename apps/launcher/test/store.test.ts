// A copy of the folder can be installed with plain npm and built with ray, as the Store does it. It needs the registry.

import { execFile } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { testUnless } from '@voiceinput/rig/unless';
import { expect } from 'vitest';
import { launcher, manifest } from './built/manifest.ts';
import { ownFolder } from './daemon/daemon.ts';

const run = promisify(execFile);
const isAsked = process.env['VOICEINPUT_STORE_INSTALL'] === '1';
/** Not of the Store: made here, or for tests. */
const LEFT_OUT = ['dist', 'node_modules', 'test', 'alfred', '.turbo', 'turbo.json', 'raycast-env.d.ts'];

testUnless(isAsked ? undefined : 'Only pnpm prove asks for it: it needs the registry.')(
  'a copy is installed by npm from packed packages, and built there',
  async () => {
    const folder = realpathSync(ownFolder());
    const copy = join(folder, 'launcher');
    const packs = join(folder, 'packs');
    mkdirSync(packs);
    cpSync(launcher, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });

    const own = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@voiceinput/'));
    const tarballs = [];
    for (const name of own) {
      const source = realpathSync(join(launcher, 'node_modules', name));
      const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', packs], { cwd: source });
      tarballs.push((JSON.parse(stdout) as { filename: string }).filename);
    }
    await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], { cwd: copy });
    for (const name of own) expect(lstatSync(join(copy, 'node_modules', name)).isDirectory()).toBe(true);
    expect(existsSync(join(copy, 'package-lock.json'))).toBe(true);

    const { stdout } = await run('npm', ['run', 'build'], { cwd: copy });
    expect(stdout).toMatch(/checked TypeScript[^]*built extension successfully/);
    for (const { name } of manifest.commands) expect(existsSync(join(copy, 'dist', `${name}.js`))).toBe(true);
    expect(existsSync(join(copy, 'raycast-env.d.ts'))).toBe(true);
    rmSync(copy, { recursive: true });
  },
  300_000,
);
