// Whether a Whisper comes from a hub, is made ready and hears: real weights, behind a server of our own.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { voiceinput } from './voiceinput/run.ts';
import { fixture, NO_NETWORK, ownFolder, withModels } from './voiceinput/scene.ts';

const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const weights = join(process.env['VOICEINPUT_TEST_MODELS'] || join(cache, 'voiceinput-test-models'), 'whisper-tiny-en');
const missing = existsSync(weights)
  ? undefined
  : `There are no weights in ${weights}: node scripts/whisper-weights.mjs`;

withModels();
const folder = ownFolder();

describeUnless(missing)('a Whisper of the hub', () => {
  test('is fetched though the transfer breaks off, imported, and heard without a network', async () => {
    const hub = await openHub();
    const config = join(folder, 'config.json');
    writeFileSync(join(folder, 'hub.mjs'), await pluginWithModel());
    const fast = { use: 'runner-hub', options: { model: 'tiny-of-the-hub' } };
    const profiles = { default: { hybrid: false, fast } };
    writeFileSync(config, JSON.stringify({ plugins: ['./hub.mjs'], profiles }));
    const run = (env: Record<string, string>, ...args: string[]) =>
      voiceinput([...args, '--config', config], { folder, env: { ...NO_NETWORK, ...env } });
    try {
      const pull = () => run({ HF_ENDPOINT: hub.address }, 'models', 'pull', 'tiny-of-the-hub');
      expect(await pull()).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('[ERR_MODEL_OFFLINE]') });
      const pulled = await pull();
      expect(pulled).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('tiny-of-the-hub is ready') });
      expect(hub.resumedAtBytes()).toBeGreaterThan(0);
      await hub.close();
      const heard = await run({ HF_ENDPOINT: hub.address }, 'transcribe', fixture('formats/s16.wav'));
      expect(heard).toMatchObject({ exitCode: 0, stdout: 'The brown fox waits by the river.\n' });
    } finally {
      await hub.close();
      await run({}, 'models', 'remove', 'tiny-of-the-hub');
    }
  });
});

/** Whisper's own plugin under another id, whose model is pinned to the weights that are here. */
async function pluginWithModel(): Promise<string> {
  const files = await Promise.all(
    readdirSync(weights).map(async (name) => ({
      name,
      path: name,
      bytes: statSync(join(weights, name)).size,
      sha256: await sha256Of(join(weights, name)),
    })),
  );
  const model = {
    id: 'tiny-of-the-hub',
    title: 'Whisper tiny, English',
    languages: ['en'],
    license: 'MIT',
    attribution: 'Copyright (c) 2022 OpenAI',
    homepage: 'https://example.org',
    sources: ['hf:owner/name@rev'],
    imported: true,
    files,
  };
  return `
    import whisper from ${JSON.stringify(import.meta.resolve('@voiceinput/runner-whisper'))};
    export default { ...whisper, id: 'runner-hub', models: [${JSON.stringify(model)}] };`;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

interface Hub {
  readonly address: string;
  /** Where the transfer that broke off went on; 0: it did not. */
  resumedAtBytes(): number;
  close(): Promise<void>;
}

/** Redirects to a storage, as the hub does, and breaks off in the middle of the weights, once. */
async function openHub(): Promise<Hub> {
  let resumedAtBytes = 0;
  let hasBroken = false;
  const send = async (response: ServerResponse, name: string, from: number): Promise<void> => {
    const { size } = statSync(join(weights, name));
    const range = from > 0 ? { 'content-range': `bytes ${from}-${size - 1}/${size}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': size - from, ...range });
    const breaks = name === 'model.bin' && !hasBroken;
    hasBroken ||= breaks;
    if (name === 'model.bin') resumedAtBytes = from;
    const last = breaks ? Math.floor(size / 2) : size - 1;
    await pipeline(createReadStream(join(weights, name), { start: from, end: last }), response, { end: !breaks });
    if (breaks) response.destroy();
  };
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    const resolved = /^\/owner\/name\/resolve\/rev\/([^/?]+)$/.exec(url)?.[1];
    if (resolved !== undefined) return void response.writeHead(302, { location: `/storage/${resolved}` }).end();
    const name = /^\/storage\/([^/?]+)$/.exec(url)?.[1];
    if (name === undefined) return void response.writeHead(404).end();
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    // Whoever hangs up does not want the rest.
    send(response, name, from).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    resumedAtBytes: () => resumedAtBytes,
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
