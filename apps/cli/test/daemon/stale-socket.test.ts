import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ownFolder } from '../voiceinput/scene.ts';

const listening = new URL('../../dist/serve/answer/listen.js', import.meta.url).href;
const folder = realpathSync(ownFolder());

/** Packages behind symbolic links, as every workspace has them; each gives the place where it was found. */
function linkPackages(...names: readonly string[]): void {
  mkdirSync(join(folder, 'node_modules'));
  for (const name of names) {
    mkdirSync(join(folder, 'real', name), { recursive: true });
    writeFileSync(join(folder, 'real', name, 'package.json'), JSON.stringify({ name, main: 'index.cjs' }));
    writeFileSync(join(folder, 'real', name, 'index.cjs'), 'module.exports = __filename;');
    symlinkSync(join('../real', name), join(folder, 'node_modules', name));
  }
}

test.skipIf(process.platform === 'win32')(
  'after the socket of a killed daemon is removed, plugins are still imported from where they are',
  async () => {
    linkPackages('before', 'after');
    const socket = join(folder, 's');
    const killed = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(socket)})`]);
    await expect.poll(() => existsSync(socket)).toBe(true);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const program = join(folder, 'daemon.mjs');
    writeFileSync(
      program,
      `import { listenForClients } from ${JSON.stringify(listening)};
      const places = [(await import('before')).default];
      await listenForClients({ socket: ${JSON.stringify(socket)}, token: '' }, {});
      places.push((await import('after')).default);
      console.log(JSON.stringify(places));
      process.exit();`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    expect(JSON.parse(stdout)).toEqual(['before', 'after'].map((name) => join(folder, 'real', name, 'index.cjs')));
  },
);
