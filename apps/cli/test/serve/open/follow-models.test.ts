// Whether the daemon uses what was pulled or imported while it runs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtInProfile } from '../../../src/built-in/profile.ts';
import { followModels } from '../../../src/serve/open/follow-models.ts';
import type { FollowedModels, ModelsHere } from '../../../src/serve/open/follow-models.ts';

type Installed = FollowedModels['inForce']['base']['installed'];

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'voiceinput-models-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A daemon whose profile reads with the model that stands for whisper-base, and with another one where there is none. */
function daemon(before: Installed = new Map()) {
  let installed = before;
  const profile = (): Profile => {
    const model = installed.get('whisper-base') ?? 'small';
    if (model === 'broken') throw new VoiceInputError('ERR_MODEL_MISSING', 'No model hears it.');
    const fast = { use: 'runner-whisper', options: { model } };
    return { ...builtInProfile, name: 'default', segments: {} as Profile['segments'], fast };
  };
  let now: Profile = { ...profile(), hybrid: false };
  const told: unknown[] = [];
  const here: { now: ModelsHere['installed']; folders: ModelsHere['folders'] } = { now: before, folders: new Map() };
  const port: FollowedModels = {
    folder,
    inForce: {
      get base() {
        return { installed };
      },
      profileNamed: profile,
      modelsChanged: (found) => void (installed = found),
    },
    engines: {
      get now() {
        return { engine: undefined as never, profile: now };
      },
      use(next, anew) {
        now = next;
        if (anew) told.push('anew');
      },
      ready: async () => void told.push('ready'),
    },
    broadcast: { emit: (event) => void told.push(event) },
    look: async () => ({ installed: here.now, folders: here.folders }),
    usedBy: ({ fast }) => [String(fast.options['model'])],
    warn: (error) => void told.push(error.code),
  };
  return { port, here, told, model: () => now.fast.options['model'], hybrid: () => now.hybrid };
}

test('a model that comes is used, and what a client has set stays', async () => {
  const { port, here, told, model, hybrid } = daemon();
  const end = await followModels(port);
  here.now = new Map([['whisper-base', 'mine']]);
  writeFileSync(join(folder, '.mine.lock'), '');
  await expect.poll(model).toBe('mine');
  await expect.poll(() => told).toEqual([{ type: 'settings', profile: 'default', hybrid: false }, 'ready']);
  expect(hybrid()).toBe(false);
  await end();
});

test('one that came while the daemon opened is used too', async () => {
  const { port, here, model } = daemon();
  here.now = new Map([['whisper-base', 'mine']]);
  const end = await followModels({ ...port, folder: join(folder, 'new') });
  await expect.poll(model).toBe('mine');
  await end();
});

test('one that goes and leaves nothing to dictate with is told; what is open goes on', async () => {
  const { port, here, told, model } = daemon(new Map([['whisper-base', 'mine']]));
  const end = await followModels(port);
  here.now = new Map([['whisper-base', 'broken']]);
  writeFileSync(join(folder, '.mine.lock'), '');
  await expect.poll(() => told).toEqual(['ERR_MODEL_MISSING']);
  expect(model()).toBe('mine');
  await end();
});

test('one that was imported anew under its name is used, and one that nothing reads with opens nothing', async () => {
  const { port, here, told } = daemon(new Map([['whisper-base', 'mine']]));
  const lookedAt: string[] = [];
  const end = await followModels({
    ...port,
    async look() {
      const found = await port.look();
      lookedAt.push([...found.folders.values()].join());
      return found;
    },
  });
  const imported = async (mine: string, other: string): Promise<void> => {
    here.folders = new Map([
      ['mine', mine],
      ['other', other],
    ]);
    writeFileSync(join(folder, '.mine.lock'), `${mine}${other}`);
    await expect.poll(() => lookedAt.at(-1)).toBe(`${mine},${other}`);
  };
  await imported('a', 'a');
  await imported('a', 'b');
  expect(told).toEqual([]);
  await imported('b', 'b');
  await expect.poll(() => told).toEqual(['anew', { type: 'settings', profile: 'default', hybrid: false }, 'ready']);
  await end();
});

test('a model that the profile has no use for opens nothing', async () => {
  const { port, here, told } = daemon();
  here.now = new Map([['whisper-tiny', 'whisper-tiny']]);
  const end = await followModels(port);
  await end();
  expect(told).toEqual([]);
});

test('where the folder cannot be watched, it is told', async () => {
  const { port, told } = daemon();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const end = await followModels({ ...port, folder: join(file, 'models') });
  expect(told).toEqual(['ERR_STORAGE']);
  await end();
});

test('a daemon that ends does not wait for lanes that are still opening', async () => {
  const { port, here, told, model } = daemon();
  here.now = new Map([['whisper-base', 'mine']]);
  const ready = (signal: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const end = await followModels({
    ...port,
    engines: {
      ready,
      use: port.engines.use,
      get now() {
        return port.engines.now;
      },
    },
  });
  await expect.poll(model).toBe('mine');
  await end();
  expect(told).toEqual([{ type: 'settings', profile: 'default', hybrid: false }]);
});
