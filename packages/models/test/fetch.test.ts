// Whether models are fetched as npm would fetch them.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '@voiceinput/models';
import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test, vi } from 'vitest';
import { reportProgress } from '../src/progress.ts';
import { expectWhole, makeScene } from './scene.ts';

test('a model is fetched, lies in the cache, and needs no network ever after', async () => {
  const scene = await makeScene();
  const located = await scene.open().locate('made-model', never);
  await expectWhole(located, scene.model);
  expect(located).toMatchObject({ modelId: 'made-model', license: 'MIT' });
  expect(located.folder.startsWith(scene.cache)).toBe(true);
  expect(await scene.leftovers()).toEqual([]);

  await scene.registry.close();
  expect(await scene.open().locate('made-model', never)).toEqual(located);
  expect(await scene.open({ offline: true }).locate('made-model', never)).toEqual(located);
  expect(scene.registry.requests).toHaveLength(2);
});

test('progress comes piece by piece, never goes back and ends at the whole', async () => {
  const scene = await makeScene();
  const { tarball } = scene.model;
  const pieceBytes = 10_000;
  let sendNext = (): void => undefined;
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball) return false;
    response.writeHead(200, { 'content-length': tarball.length });
    let sentBytes = 0;
    sendNext = () => {
      response.write(tarball.subarray(sentBytes, sentBytes + pieceBytes));
      sentBytes += pieceBytes;
    };
    sendNext();
    return true;
  };
  const told: Progress[] = [];
  const onProgress = (progress: Progress): void => {
    told.push(progress);
    sendNext();
  };
  await scene.open({ onProgress }).locate('made-model', never);
  const pieces = Array.from({ length: Math.ceil(tarball.length / pieceBytes) }, (_, i) => (i + 1) * pieceBytes);
  expect(told).toEqual(
    pieces.map((bytes) => ({
      modelId: 'made-model',
      doing: 'fetching',
      doneBytes: Math.min(bytes, tarball.length),
      totalBytes: tarball.length,
    })),
  );
});

test('progress is told at most a hundred times and at the end, whatever comes', () => {
  const chunks = fc.array(fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 300 }), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(chunks, (attempts) => {
      const ends = attempts.map((attempt) => attempt.reduce((sum, bytes) => sum + bytes, 0));
      const totalBytes = Math.max(1, ...ends);
      const told: number[] = [];
      const report = reportProgress({ modelId: 'm', doing: 'fetching', totalBytes }, ({ doneBytes }) =>
        told.push(doneBytes),
      );
      for (const attempt of attempts) attempt.reduce((sum, bytes) => (report(sum + bytes), sum + bytes), 0);
      expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
      expect(told.length).toBeLessThanOrEqual(101);
      if (Math.max(...ends) === totalBytes) expect(told.at(-1)).toBe(totalBytes);
    }),
    { seed: 7 },
  );
});

test('the registry of the scope and its token are used, the other registry gets nothing', async () => {
  const scoped = await makeScene();
  const scene = await makeScene();
  const host = scoped.registry.address.replace('http:', '');
  vi.stubEnv('MADE_TOKEN', 'secret-token');
  await scene.npmrc(`@made:registry=${scoped.registry.address}`, `${host}:_authToken=\${MADE_TOKEN}`);
  await scene.open().locate('made-model', never);
  expect(scene.registry.requests).toEqual([]);
  expect(scoped.registry.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer secret-token',
    'Bearer secret-token',
  ]);
});

test('the token of one registry is not sent to another host', async () => {
  const elsewhere = await makeScene();
  const scene = await makeScene({ publicAddress: elsewhere.registry.address });
  await scene.npmrc(`${scene.registry.address.replace('http:', '')}:_authToken=secret-token`);
  await scene.open().locate('made-model', never);
  expect(scene.registry.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret-token']);
  expect(elsewhere.registry.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('an .npmrc in the current folder does not count', async () => {
  const elsewhere = await makeScene();
  const scene = await makeScene();
  const folder = join(scene.folder, 'somebody-elses');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{}');
  const host = elsewhere.registry.address.replace('http:', '');
  await writeFile(
    join(folder, '.npmrc'),
    `registry=${elsewhere.registry.address}\n${host}:_authToken=\${MY_SECRET}\nstrict-ssl=false\n`,
  );
  vi.stubEnv('MY_SECRET', 'of the environment');
  const child = scene.start({ wrap: (command) => ['sh', ['-c', `cd '${folder}' && ${command}`]] });
  await child.ended;
  expect(elsewhere.registry.requests).toEqual([]);
  expect(scene.registry.tarballRequests()).toBe(1);
});

test("the user's own .npmrc and the environment count, and the environment wins", async () => {
  const other = await makeScene();
  const scene = await makeScene();
  await scene.open().pull('made-model', { force: true }, never);
  expect(scene.registry.tarballRequests()).toBe(1);

  vi.stubEnv('npm_config_registry', other.registry.address);
  await scene.open().pull('made-model', { force: true }, never);
  expect(scene.registry.tarballRequests()).toBe(1);
  expect(other.registry.tarballRequests()).toBe(1);
});

test('the proxy is asked in place of the registry', async () => {
  const proxy = await makeScene({ publicAddress: 'http://registry.invalid/' });
  await proxy.npmrc('registry=http://registry.invalid/', `proxy=${proxy.registry.address}`, 'noproxy=');
  await expectWhole(await proxy.open().locate('made-model', never), proxy.model);
  expect(proxy.registry.requests.map(({ url }) => url)).toEqual([
    'http://registry.invalid/@made%2fmodel',
    'http://registry.invalid/@made/model/-/model-1.2.3.tgz',
  ]);
});

test('a mirror that passes on addresses of npmjs.org is asked for the tarball itself', async () => {
  const mirror = await makeScene({ publicAddress: 'https://registry.npmjs.org/' });
  await expectWhole(await mirror.open().locate('made-model', never), mirror.model);
  expect(mirror.registry.tarballRequests()).toBe(1);
});

test("set to offline, npm's own cache is enough", async () => {
  const scene = await makeScene();
  const npmCache = `cache=${join(scene.folder, 'npm-cache')}`;
  await scene.npmrc(npmCache, 'prefer-offline=true');
  await scene.open().locate('made-model', never);
  await scene.registry.close();
  await scene.npmrc(npmCache, 'offline=true');
  await expectWhole(await scene.open().pull('made-model', { force: true }, never), scene.model);
});

test('a transfer that breaks off is tried again as often as npm says', async () => {
  const scene = await makeScene();
  const told: number[] = [];
  let broken = 0;
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball || broken === 2) return false;
    broken += 1;
    response.writeHead(200, { 'content-length': scene.model.tarball.length });
    response.write(scene.model.tarball.subarray(0, 70_000), () => response.destroy());
    return true;
  };
  const store = scene.open({ onProgress: ({ doneBytes }) => told.push(doneBytes) });
  await expectWhole(await store.locate('made-model', never), scene.model);
  expect(scene.registry.tarballRequests()).toBe(3);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

test('with fetch-retries=0 a broken transfer is final for this call', async () => {
  const scene = await makeScene();
  await scene.npmrc('fetch-retries=0');
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball) return false;
    response.writeHead(200, { 'content-length': scene.model.tarball.length });
    response.write(scene.model.tarball.subarray(0, 70_000), () => response.destroy());
    return true;
  };
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_OFFLINE' });
  expect(scene.registry.tarballRequests()).toBe(1);
  scene.registry.instead = undefined;
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
});

test('a busy registry is asked again', async () => {
  const scene = await makeScene();
  let refused = 0;
  scene.registry.instead = (_request, response) => {
    if (refused === 2) return false;
    refused += 1;
    response.writeHead(503).end();
    return true;
  };
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
});
