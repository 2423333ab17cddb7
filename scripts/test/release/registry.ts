// A registry of our own on this machine, which has what is published there and asks the usual one for the rest.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installTools, tool } from '../../release/check.ts';

const run = promisify(execFile);
const pnpm = resolve(import.meta.dirname, '../../../node_modules/.bin/pnpm');

export interface Registry {
  readonly url: string;
  /** `tag`: what it can be asked for by, unless it is the newest. */
  publish(tarball: string, tag?: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it; rejects when it does not answer within a minute. */
export async function openRegistry(): Promise<Registry> {
  installTools();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-registry-'));
  const { stdout } = await run('npm', ['config', 'get', 'registry']);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(settings(folder, stdout.trim())));
  const server = spawn(tool('verdaccio'), ['--config', config, '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  await answered(`${url}-/ping`, 60_000);
  // It lets anybody publish, and pnpm, which starts in a sixth of npm's time, wants to say who that is.
  const userConfig = join(folder, 'npmrc');
  writeFileSync(userConfig, `//127.0.0.1:${port}/:_authToken=anybody\n`);
  return {
    url,
    async publish(tarball, tag = 'latest') {
      const env = { ...process.env, npm_config_userconfig: userConfig };
      await run(pnpm, ['publish', tarball, '--registry', url, '--no-git-checks', '--tag', tag], { env });
    },
    async close() {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function settings(folder: string, upstream: string): object {
  const anybody = { access: '$all', publish: '$all', unpublish: '$all' };
  return {
    storage: join(folder, 'storage'),
    uplinks: { upstream: { url: upstream, timeout: '120s', max_fails: 20 } },
    packages: {
      '@voiceinput/*': anybody,
      voiceinput: anybody,
      '**': { access: '$all', proxy: 'upstream' },
    },
    max_body_size: '200mb',
    log: { type: 'stdout', level: 'fatal' },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answered(url: string, withinMs: number): Promise<void> {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    if (performance.now() > untilMs) throw new Error(`${url} did not answer within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
