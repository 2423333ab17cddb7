// Whether a transfer that broke off goes on where it broke off, and never gives other content.

import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { makeModel, noise } from './made-model.ts';
import { bringing, expectWhole, makeScene, type Scene } from './scene.ts';

const HALF_BYTES = 70_000;

/** Breaks off the first transfer after some of its bytes, and says how many are kept. */
async function breakOff(scene: Scene): Promise<{ path: string; bytes: number }> {
  await scene.npmrc('fetch-retries=0');
  scene.registry.stallsAtBytes = HALF_BYTES;
  const store = scene.open({ onProgress: () => scene.registry.cut() });
  await expect(store.locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_OFFLINE' });
  scene.registry.stallsAtBytes = undefined;
  const partial = await scene.partial();
  expect(partial.bytes).toBeGreaterThan(0);
  expect(partial.bytes).toBeLessThanOrEqual(HALF_BYTES);
  return partial;
}

test('the next call asks for the rest only, and the progress begins there', async () => {
  const scene = await makeScene();
  const { bytes } = await breakOff(scene);
  const told: number[] = [];
  const store = scene.open({ onProgress: ({ doneBytes }) => told.push(doneBytes) });
  await expectWhole(await store.locate('made-model', never), scene.model);
  expect(scene.registry.ranges()).toEqual([undefined, `bytes=${bytes}-`]);
  expect(told[0]).toBe(bytes);
  expect(told.at(-1)).toBe(scene.model.tarball.length);
  expect(await scene.leftovers()).toEqual([]);
});

test('a retry within one call asks for the rest only', async () => {
  const scene = await makeScene();
  scene.registry.stallsAtBytes = HALF_BYTES;
  const onProgress = (): void => {
    if (scene.registry.stallsAtBytes === undefined) return;
    scene.registry.stallsAtBytes = undefined;
    scene.registry.cut();
  };
  await expectWhole(await scene.open({ onProgress }).locate('made-model', never), scene.model);
  const [first, second, ...others] = scene.registry.ranges();
  expect([first, others]).toEqual([undefined, []]);
  expect(second).toMatch(/^bytes=[1-9]\d*-$/);
});

test('a transfer may break off again and again', async () => {
  const scene = await makeScene();
  const kept = [(await breakOff(scene)).bytes];
  for (const stop of [90_000, 110_000]) {
    scene.registry.stallsAtBytes = stop;
    const store = scene.open({ onProgress: ({ doneBytes }) => doneBytes > kept.at(-1)! && scene.registry.cut() });
    await expect(store.locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_OFFLINE' });
    kept.push((await scene.partial()).bytes);
  }
  scene.registry.stallsAtBytes = undefined;
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  expect(scene.registry.ranges()).toEqual([undefined, ...kept.map((bytes) => `bytes=${bytes}-`)]);
});

test('a part that is whole already needs no transfer', async () => {
  const scene = await makeScene();
  const { path } = await breakOff(scene);
  await writeFile(path, scene.model.tarball);
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(scene.registry.tarballRequests()).toBe(1);
});

test.each<[string, (scene: Scene) => void, number]>([
  ['gives no parts', ({ registry }) => void (registry.givesParts = false), 2],
  ['knows no such part', (scene) => answerPartsWith(scene, 416, undefined), 3],
  ['gives another part', (scene) => answerPartsWith(scene, 206, 'bytes 0-9/10'), 3],
  ['gives a part of another size', (scene) => answerPartsWith(scene, 206, 'bytes 70000-99999/100000'), 3],
  ['does not say which part it gives', (scene) => answerPartsWith(scene, 206, undefined), 3],
])('a registry that %s sends all of it again', async (_what, prepare, requests) => {
  const scene = await makeScene();
  await breakOff(scene);
  prepare(scene);
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  expect(scene.registry.tarballRequests()).toBe(requests);
  expect(await scene.leftovers()).toEqual([]);
});

/** A part that does not belong there never ends: whoever waits for its end waits for ever. */
function answerPartsWith(scene: Scene, status: number, contentRange: string | undefined): void {
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball || scene.registry.ranges().at(-1) === undefined) return false;
    response.writeHead(status, contentRange === undefined ? {} : { 'content-range': contentRange });
    if (status === 206) response.write(noise(1_000, 4));
    else response.end();
    return true;
  };
}

test.each<[string, (path: string) => Promise<void>]>([
  ['was turned', async (path) => writeFile(path, turned(await readFile(path)))],
  ['is longer than the whole', (path) => writeFile(path, noise(500_000, 6))],
  ['is as long as the whole, of other bytes', (path) => writeFile(path, noise(makeModel().tarball.length, 6))],
  ['is empty', (path) => truncate(path, 0)],
])('a part that %s is thrown away, and all is fetched once', async (_what, damage) => {
  const scene = await makeScene();
  await damage((await breakOff(scene)).path);
  await expectWhole(await scene.open().locate('made-model', never), scene.model);
  const anew = scene.registry.ranges().slice(1);
  expect(anew.filter((range) => range === undefined)).toHaveLength(1);
  expect(anew.length).toBeLessThanOrEqual(2);
  expect(await scene.leftovers()).toEqual([]);
});

function turned(content: Buffer): Buffer {
  content[content.length >> 1]! ^= 4;
  return content;
}

test('when the whole is wrong too, that is said, and nothing stays', async () => {
  const scene = await makeScene();
  const { path } = await breakOff(scene);
  await writeFile(path, turned(await readFile(path)));
  scene.registry.instead = ({ isTarball }, response) => {
    if (!isTarball || scene.registry.ranges().at(-1) !== undefined) return false;
    response.end(turned(Buffer.from(scene.model.tarball)));
    return true;
  };
  await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_CHECKSUM' });
  expect(scene.registry.tarballRequests()).toBe(3);
  expect(await scene.leftovers()).toEqual([]);
});

test('what came of another pin is not used, and goes', async () => {
  const scene = await makeScene();
  await breakOff(scene);
  const other = makeModel({ fileBytes: 61_000 });
  scene.registry.instead = ({ isTarball }, response) => {
    if (isTarball) response.end(other.tarball);
    return isTarball;
  };
  await expectWhole(await scene.open({ plugins: [bringing([other.entry])] }).locate('made-model', never), other);
  expect(scene.registry.ranges()).toEqual([undefined, undefined]);
  expect(await scene.leftovers()).toEqual([]);
});

test('import and remove leave no part', async () => {
  const scene = await makeScene();
  await breakOff(scene);
  for (const [name, content] of Object.entries(scene.model.contents)) {
    await writeFile(join(scene.folder, `${name}.onnx`), content);
  }
  await scene.open({ offline: true }).import('made-model', scene.folder, never);
  expect(await scene.leftovers()).toEqual([]);

  await scene.open().remove('made-model', never);
  await breakOff(scene);
  await scene.open().remove('made-model', never);
  expect(await scene.leftovers()).toEqual([]);
});

test("a part of another model with a longer name is not touched, nor is it taken for this one's", async () => {
  const scene = await makeScene();
  const { path } = await breakOff(scene);
  const foreign = path.replace('made-model.', 'made-model-large.');
  await writeFile(foreign, 'part');
  await scene.open().locate('made-model', never);
  await scene.open().remove('made-model', never);
  expect(await readFile(foreign, 'utf8')).toBe('part');
});

test('whatever lies there and whatever the registry does, the model comes whole', async () => {
  const scene = await makeScene();
  const { path } = await breakOff(scene);
  const { tarball } = scene.model;
  const kept = fc.oneof(
    fc.nat(tarball.length).map((bytes) => tarball.subarray(0, bytes)),
    fc.nat(tarball.length - 1).map((bytes) => turned(Buffer.from(tarball.subarray(0, bytes + 1)))),
    fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(kept, fc.boolean(), async (content, givesParts) => {
      await scene.open().remove('made-model', never);
      await writeFile(path, content);
      scene.registry.givesParts = givesParts;
      await expectWhole(await scene.open().locate('made-model', never), scene.model);
      expect(await scene.leftovers()).toEqual([]);
    }),
    { seed: 7, numRuns: 40 },
  );
});
