// Whether fetching survives whatever interrupts it and whoever does it at the same time.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { never } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { holdingLock, takeAway } from '../src/cache/lock.ts';
import { expectWhole, makeScene, type Scene } from './scene.ts';

/** The registry sends half of the tarball and then nothing. */
function stallHalfway(scene: Scene): void {
  scene.registry.stallsAtBytes = 70_000;
}

const lockOf = (scene: Scene): string => join(scene.cache, 'models', '.made-model.lock');

test('abort in the middle rejects with its reason, leaves what came, and the next call goes on there', async () => {
  const scene = await makeScene();
  stallHalfway(scene);
  const abort = new AbortController();
  const reason = new Error('enough');
  const store = scene.open({ onProgress: () => abort.abort(reason) });
  await expect(store.locate('made-model', abort.signal)).rejects.toBe(reason);
  const { bytes } = await scene.partial();
  expect(bytes).toBeGreaterThan(0);
  expect(existsSync(lockOf(scene))).toBe(false);

  scene.registry.stallsAtBytes = undefined;
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(scene.registry.ranges()).toEqual([undefined, `bytes=${bytes}-`]);
  expect(await scene.leftovers()).toEqual([]);
});

test('a tarball that stops coming ends with a sentence, and the next call goes on there', async () => {
  const scene = await makeScene();
  await scene.npmrc('fetch-timeout=1000', 'fetch-retries=0');
  stallHalfway(scene);
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_OFFLINE',
    message: expect.stringContaining('nothing came for 1 s'),
  });
  const { bytes } = await scene.partial();
  expect(bytes).toBeGreaterThan(0);
  scene.registry.stallsAtBytes = undefined;
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(scene.registry.ranges()).toEqual([undefined, `bytes=${bytes}-`]);
});

test('a signal that was aborted before is obeyed at once', async () => {
  const scene = await makeScene();
  const reason = new Error('never mind');
  await expect(scene.open().locate('made-model', AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(scene.registry.requests).toEqual([]);
});

test('abort ends the wait between two tries', async () => {
  const scene = await makeScene();
  await scene.npmrc('fetch-retry-mintimeout=600000', 'fetch-retry-maxtimeout=600000');
  const abort = new AbortController();
  const reason = new Error('enough');
  scene.registry.instead = (_request, response) => {
    response.writeHead(503).end(() => abort.abort(reason));
    return true;
  };
  await expect(scene.open().locate('made-model', abort.signal)).rejects.toBe(reason);
});

test('abort ends the wait for another process', async () => {
  const scene = await makeScene();
  stallHalfway(scene);
  const other = scene.start();
  await other.line('progress');
  const abort = new AbortController();
  const reason = new Error('enough');
  const waiting = scene.open().locate('made-model', abort.signal);
  setTimeout(() => abort.abort(reason), 50);
  await expect(waiting).rejects.toBe(reason);
  expect(scene.registry.tarballRequests()).toBe(1);
});

test('kill -9 in the middle of the transfer: the next call heals the lock, sweeps up and goes on', async () => {
  const scene = await makeScene();
  stallHalfway(scene);
  const child = scene.start();
  await child.line('progress');
  child.process.kill('SIGKILL');
  expect(await child.ended).toEqual({ signal: 'SIGKILL' });
  expect(await scene.leftovers()).toHaveLength(2);
  const { bytes } = await scene.partial();
  expect(existsSync(lockOf(scene))).toBe(true);

  scene.registry.stallsAtBytes = undefined;
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(scene.registry.ranges()).toEqual([undefined, `bytes=${bytes}-`]);
  expect(await scene.leftovers()).toEqual([]);
});

test('kill -9 at any step of the installation: what is there is whole or is fetched again', async () => {
  const scene = await makeScene();
  const killsAtRename = async (count: number): Promise<string> => {
    const preload = join(scene.folder, `kill-at-${count}.mjs`);
    await writeFile(
      preload,
      `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
       const { rename } = fs.promises; let left = ${count};
       fs.promises.rename = (...paths) => { if (left-- === 0) process.kill(process.pid, 'SIGKILL'); return rename(...paths); };
       syncBuiltinESMExports();`,
    );
    return pathToFileURL(preload).href;
  };
  let kills = 0;
  for (;;) {
    await scene.open().remove('made-model', never);
    expect(await scene.leftovers()).toEqual([]);
    const child = scene.start({ preload: await killsAtRename(kills) });
    if ((await child.ended).signal !== 'SIGKILL') break;
    kills += 1;
    await expectWhole(await scene.open().locate('made-model', never), scene.model);
  }
  // Two files and the stamp.
  expect(kills).toBe(3);
});

test('two processes at once: one fetches, the other waits and takes what is there', async () => {
  const scene = await makeScene();
  const children = [scene.start(), scene.start()];
  let answer = (): void => undefined;
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball) return false;
    answer = () => void response.end(scene.model.tarball);
    return true;
  };
  await Promise.race(
    children
      .map(({ process }) => new Promise((resolve) => process.on('close', resolve)))
      .concat(Promise.all(children.map((child) => child.line('started')))),
  );
  await expect.poll(() => scene.registry.tarballRequests()).toBe(1);
  answer();
  const located = await Promise.all(children.map((child) => child.line('located')));
  expect(located[0]).toBe(located[1]);
  expect(scene.registry.tarballRequests()).toBe(1);
  await expectWhole(await scene.open({ offline: true }).locate('made-model', never), scene.model);
});

test('many calls at once in one process fetch once', async () => {
  const scene = await makeScene();
  const store = scene.open();
  await Promise.all(Array.from({ length: 5 }, () => store.locate('made-model', never)));
  expect(scene.registry.tarballRequests()).toBe(1);
});

describe("what lies there of another model's fetching", () => {
  async function leave(scene: Scene, owner?: string): Promise<string[]> {
    const models = join(scene.cache, 'models');
    await mkdir(join(models, '.incoming', 'made-model-large@abc'), { recursive: true });
    if (owner !== undefined) await writeFile(join(models, '.made-model-large.lock'), owner);
    await scene.open().locate('made-model', never);
    return readdir(join(models, '.incoming'));
  }

  test.each([`${hostname()} ${process.pid} x`, 'another-machine 1 x'])(
    'is not touched while it is locked by %s',
    async (owner) => {
      expect(await leave(await makeScene(), owner)).toEqual(['made-model-large@abc']);
    },
  );

  test.each([undefined, `${hostname()} 999999999 x`])('goes when nobody works on it: %s', async (owner) => {
    const scene = await makeScene();
    expect(await leave(scene, owner)).toEqual([]);
    expect(await scene.leftovers()).toEqual([]);
  });
});

describe('a lock', () => {
  const beforeMs = (ms: number): Date => new Date(Date.now() - ms);
  const foreign = 'another-machine 1 6a204bd8-9f30-4f1f-8f0a-3c3e3a4f2b11';

  test.each([
    ['of a machine that was not heard of for a minute', foreign, beforeMs(60_000)],
    ['from the future', foreign, beforeMs(-60_000)],
    ['of a process that is gone', `${hostname()} 999999999 x`, beforeMs(0)],
    ['without an owner, long ago', '', beforeMs(60_000)],
  ])('%s is healed', async (_what, owner, renewed) => {
    const scene = await makeScene();
    await mkdir(join(scene.cache, 'models'), { recursive: true });
    await writeFile(lockOf(scene), owner);
    await utimes(lockOf(scene), renewed, renewed);
    await expectWhole(await scene.open().locate('made-model', never), scene.model);
    expect((await readdir(join(scene.cache, 'models'))).sort()).toEqual(['.incoming', 'made-model']);
  });

  test('of another machine that was renewed just now is respected', async () => {
    const scene = await makeScene();
    await mkdir(join(scene.cache, 'models'), { recursive: true });
    await writeFile(lockOf(scene), foreign);
    await expect(scene.open().locate('made-model', AbortSignal.timeout(300))).rejects.toThrow('timeout');
    expect(await readFile(lockOf(scene), 'utf8')).toBe(foreign);
    expect(scene.registry.requests).toEqual([]);
  });

  test('whose owner renews it is respected, whatever its date', async () => {
    const scene = await makeScene();
    const path = join(scene.folder, 'held.lock');
    await writeFile(path, foreign);
    let behindMs = 60_000;
    const renew = (): Promise<void> => utimes(path, beforeMs(behindMs), beforeMs(behindMs));
    await renew();
    const renewal = setInterval(() => {
      behindMs -= 500;
      void renew();
    }, 1_000);
    const waiting = holdingLock(path, AbortSignal.timeout(5_000), async () => undefined);
    await expect(waiting.finally(() => clearInterval(renewal))).rejects.toThrow('timeout');
    expect(await readFile(path, 'utf8')).toBe(foreign);
  });

  test('that was healed by a quicker process in the meantime is put back', async () => {
    const scene = await makeScene();
    await writeFile(join(scene.folder, 'held.lock'), foreign);
    await takeAway(join(scene.folder, 'held.lock'), { owner: 'one that is gone', renewedAtMs: 0 });
    expect(await readFile(join(scene.folder, 'held.lock'), 'utf8')).toBe(foreign);
    expect((await readdir(scene.folder)).filter((name) => name.startsWith('held'))).toEqual(['held.lock']);
  });

  test('is renewed while its owner works, and its owner stops when it was taken over', async () => {
    const scene = await makeScene();
    const path = join(scene.folder, 'held.lock');
    const work = async (signal: AbortSignal): Promise<never> => {
      await utimes(path, beforeMs(60_000), beforeMs(60_000));
      await expect.poll(async () => (await stat(path)).mtimeMs).toBeGreaterThan(Date.now() - 9_000);
      await writeFile(path, foreign);
      await once(signal, 'abort');
      throw signal.reason;
    };
    await expect(holdingLock(path, never, work)).rejects.toMatchObject({ code: 'ERR_MODEL_STORAGE' });
    expect(await readFile(path, 'utf8')).toBe(foreign);
  });

  test('is held by one at a time, also when many find a stale one', async () => {
    const scene = await makeScene();
    const path = join(scene.folder, 'held.lock');
    await writeFile(path, foreign);
    await utimes(path, beforeMs(60_000), beforeMs(60_000));
    let holders = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      expect((holders += 1)).toBe(1);
      await setImmediate();
      holders -= 1;
      done += 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => holdingLock(path, never, work)));
    expect(done).toBe(8);
  });
});
