// Whether the cache notices what happens to it.

import { chmod, copyFile, mkdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '@voiceinput/models';
import type { ModelEntry } from '@voiceinput/plugin-api';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fingerprintOf } from '../src/cache/place.ts';
import { look } from '../src/cache/stamp.ts';
import { makeModel, noise } from './made-model.ts';
import { bringing, expectWhole, makeScene, type Scene } from './scene.ts';

describe('a file of the cache', () => {
  test.each([
    ['overwritten', (path: string) => writeFile(path, noise(60_000, 5))],
    ['cut short', (path: string) => truncate(path, 1_000)],
    ['deleted', (path: string) => rm(path)],
    ['replaced by a folder', (path: string) => rm(path).then(() => mkdir(path))],
  ])('that was %s is fetched again', async (how, damage) => {
    const scene = await makeScene();
    const store = scene.open();
    const located = await store.locate('made-model', never);
    await damage(located.files['decoder']!);
    expect((await store.list(never)).map(({ state }) => state)).toEqual(['damaged']);
    if (how === 'replaced by a folder') await rm(located.files['decoder']!, { recursive: true });
    await expectWhole(await store.locate('made-model', never), scene.model);
    expect(scene.registry.tarballRequests()).toBe(2);
  });

  test('that is damaged while there is no network is not given out', async () => {
    const scene = await makeScene();
    const located = await scene.open().locate('made-model', never);
    await writeFile(located.files['encoder']!, noise(60_000, 5));
    await expect(scene.open({ offline: true }).locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_OFFLINE',
    });
  });

  test('that was overwritten behind its old date is not believed', async () => {
    const scene = await makeScene();
    const store = scene.open();
    const { files } = await store.locate('made-model', never);
    await utimes(files['encoder']!, 1_000, 1_000);
    await store.locate('made-model', never);
    await writeFile(files['encoder']!, noise(60_000, 5));
    await utimes(files['encoder']!, 1_000, 1_000);
    await expectWhole(await store.locate('made-model', never), scene.model);
  });

  test.skipIf(process.platform === 'win32')(
    'is checked each time where others may write, whatever lies beside it',
    async () => {
      const scene = await makeScene();
      const store = scene.open({ offline: true });
      const located = await scene.open().locate('made-model', never);
      await chmod(located.folder, 0o777);
      expect(await store.locate('made-model', never)).toEqual(located);
      await writeFile(located.files['encoder']!, noise(60_000, 5));
      await writeFile(join(located.folder, 'checked.json'), (await look(located))!);
      await expect(store.locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_OFFLINE' });
    },
  );

  test('that was only touched is checked once and stays', async () => {
    const scene = await makeScene();
    const store = scene.open({ offline: true });
    const located = await scene.open().locate('made-model', never);
    await utimes(located.files['encoder']!, new Date(0), new Date(0));
    expect(await store.locate('made-model', never)).toEqual(located);
  });

  test('is read in full by verify', async () => {
    const scene = await makeScene();
    const store = scene.open();
    const located = await store.locate('made-model', never);
    expect((await store.verify('made-model', never)).map(({ state }) => state)).toEqual(['whole', 'whole']);
    await writeFile(located.files['encoder']!, noise(60_000, 5));
    await rm(located.files['decoder']!);
    expect(await store.verify('made-model', never)).toEqual([
      { name: 'encoder', path: located.files['encoder'], state: 'changed' },
      { name: 'decoder', path: located.files['decoder'], state: 'missing' },
    ]);
  });
});

test('a stamp that is not ours is not believed', async () => {
  const scene = await makeScene();
  const located = await scene.open().locate('made-model', never);
  await writeFile(located.files['encoder']!, noise(60_000, 5));
  for (const content of ['', '{', 'null']) {
    await writeFile(join(located.folder, 'checked.json'), content);
    await expect(scene.open({ offline: true }).locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_OFFLINE',
    });
  }
});

describe('pull and remove', () => {
  test('pull fetches only with force, and force removes what plugins prepared', async () => {
    const scene = await makeScene();
    const store = scene.open();
    const { folder } = await store.pull('made-model', {}, never);
    await mkdir(join(folder, 'prepared'));
    await store.pull('made-model', {}, never);
    expect(scene.registry.tarballRequests()).toBe(1);
    expect(existsSync(join(folder, 'prepared'))).toBe(true);
    await store.pull('made-model', { force: true }, never);
    expect(scene.registry.tarballRequests()).toBe(2);
    expect(existsSync(join(folder, 'prepared'))).toBe(false);
  });

  test('a forced pull that fails leaves the old files usable', async () => {
    const scene = await makeScene();
    const located = await scene.open().locate('made-model', never);
    await scene.registry.close();
    await expect(scene.open().pull('made-model', { force: true }, never)).rejects.toThrow();
    expect(await scene.open({ offline: true }).locate('made-model', never)).toEqual(located);
  });

  test('remove leaves nothing of the model', async () => {
    const scene = await makeScene();
    const store = scene.open();
    expect(await store.remove('made-model', never)).toBe(false);
    const { folder } = await store.locate('made-model', never);
    expect(await store.remove('made-model', never)).toBe(true);
    expect(existsSync(dirname(folder))).toBe(false);
    expect((await store.list(never)).map(({ state }) => state)).toEqual(['absent']);
  });
});

describe('files of equal names in different folders', () => {
  const made = makeModel();
  const [first, second] = made.entry.files as [(typeof made.entry.files)[0], (typeof made.entry.files)[0]];
  const entry = {
    ...made.entry,
    files: [
      { ...first, path: 'onnx/encoder/model.onnx' },
      { ...second, path: 'onnx/decoder/model.onnx' },
    ],
  };

  async function carry(scene: Scene, places: readonly [string, string]): Promise<string> {
    const carried = join(scene.folder, 'carried');
    for (const [index, name] of ['encoder', 'decoder'].entries()) {
      const path = join(carried, places[index]!);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, made.contents[name]!);
    }
    return carried;
  }

  test('keep the folders that tell them apart', async () => {
    const scene = await makeScene({ models: [made] });
    const store = scene.open({ plugins: [bringing([entry])] });
    const carried = await carry(scene, ['encoder/model.onnx', 'decoder/model.onnx']);
    const located = await store.import('made-model', carried, never);
    expect(located.files).toEqual({
      encoder: join(located.folder, 'encoder/model.onnx'),
      decoder: join(located.folder, 'decoder/model.onnx'),
    });
    await expectWhole(located, made);
    expect(await scene.open({ plugins: [bringing([entry])], offline: true }).locate('made-model', never)).toEqual(
      located,
    );
  });

  test('are not taken for one another when they lie there by name alone', async () => {
    const scene = await makeScene({ models: [made] });
    const store = scene.open({ plugins: [bringing([entry])] });
    const carried = await carry(scene, ['model.onnx', 'other.onnx']);
    await expect(store.import('made-model', carried, never)).rejects.toMatchObject({
      code: 'ERR_FILE_NOT_FOUND',
      hint: 'Copy it there as onnx/encoder/model.onnx.',
    });
  });
});

test('the next source is tried when one cannot give the files; when none can, the first failure is told', async () => {
  const scene = await makeScene();
  const carried = join(scene.folder, 'carried');
  await mkdir(carried);
  for (const [name, content] of Object.entries(scene.model.contents))
    await writeFile(join(carried, `${name}.onnx`), content);
  const folder = (path: string) => pathToFileURL(path).href as `file:${string}`;
  const from = (...sources: ModelEntry['sources']) =>
    scene.open({ plugins: [bringing([{ ...scene.model.entry, sources }])] });

  await expect(from(folder('/nowhere'), folder(scene.folder)).locate('made-model', never)).rejects.toMatchObject({
    code: 'ERR_FILE_NOT_FOUND',
    message: expect.stringContaining('/nowhere'),
  });
  const located = await from(folder('/nowhere'), folder(carried)).locate('made-model', never);
  await expectWhole(located, scene.model);
  expect(scene.registry.requests).toEqual([]);
});

describe('import from a folder', () => {
  test.each([
    ['as unpacked', 'package/dist/encoder.onnx', 'package/dist/deep/decoder.onnx'],
    ['without package', 'dist/encoder.onnx', 'dist/deep/decoder.onnx'],
    ['side by side', 'encoder.onnx', 'decoder.onnx'],
  ])('finds the files %s and asks no registry', async (_how, encoder, decoder) => {
    const scene = await makeScene();
    const carried = join(scene.folder, 'carried');
    for (const [path, content] of [
      [encoder, scene.model.contents['encoder']!],
      [decoder, scene.model.contents['decoder']!],
    ] as const) {
      await mkdir(dirname(join(carried, path)), { recursive: true });
      await writeFile(join(carried, path), content);
    }
    const located = await scene.open({ offline: true }).import('made-model', carried, never);
    await expectWhole(located, scene.model);
    expect(await scene.open({ offline: true }).locate('made-model', never)).toEqual(located);
    expect(scene.registry.requests).toEqual([]);
  });

  test('says which file is not there', async () => {
    const scene = await makeScene();
    await expect(scene.open().import('made-model', scene.folder, never)).rejects.toMatchObject({
      code: 'ERR_FILE_NOT_FOUND',
      message: expect.stringContaining('encoder.onnx') as string,
    });
  });

  test('refuses other content', async () => {
    const scene = await makeScene();
    await writeFile(join(scene.folder, 'encoder.onnx'), noise(60_000, 5));
    await writeFile(join(scene.folder, 'decoder.onnx'), noise(60_000, 6));
    await expect(scene.open().import('made-model', scene.folder, never)).rejects.toMatchObject({
      code: 'ERR_MODEL_CHECKSUM',
    });
    expect(await scene.leftovers()).toEqual([]);
  });
});

describe('a disk that fails', () => {
  test('the cache folder is a file', async () => {
    const scene = await makeScene();
    const folder = join(scene.folder, 'a-file');
    await writeFile(folder, '');
    await expect(scene.open({ folder }).locate('made-model', never)).rejects.toMatchObject({
      code: 'ERR_MODEL_STORAGE',
      message: expect.stringContaining(folder) as string,
      hint: expect.stringContaining('VOICEINPUT_CACHE_DIR') as string,
    });
  });

  test.skipIf(process.platform === 'win32')('no room for the tarball', async () => {
    const scene = await makeScene();
    const wrap = (command: string): [string, string[]] => ['sh', ['-c', `ulimit -f 100; exec ${command}`]];
    const child = scene.start({ wrap });
    const { error } = await child.ended;
    expect(error).toMatchObject({ code: 'ERR_MODEL_STORAGE', message: expect.stringMatching(/EFBIG/) as string });
    expect(await scene.leftovers()).toEqual([]);
    await expectWhole(await scene.open().locate('made-model', never), scene.model);
  });

  const rootWrites = process.platform === 'win32' || process.getuid?.() === 0;
  describeUnless(rootWrites ? 'Permissions do not bind this user.' : undefined)('read-only folders', () => {
    test('a read-only cache cannot take a model', async () => {
      const scene = await makeScene();
      await mkdir(scene.cache, { mode: 0o500 });
      await expect(scene.open().locate('made-model', never)).rejects.toMatchObject({ code: 'ERR_MODEL_STORAGE' });
    });

    test('a read-only cache gives what it has, even without a stamp', async () => {
      const scene = await makeScene();
      const located = await scene.open().locate('made-model', never);
      await rm(join(located.folder, 'checked.json'));
      await chmod(located.folder, 0o500);
      onTestFinished(() => chmod(located.folder, 0o700));
      expect(await scene.open({ offline: true }).locate('made-model', never)).toEqual(located);
    });
  });
});

describe('the cache folder', () => {
  const home = resolve('/home/ada');
  test.each([
    ['linux', {}, join(home, '.cache', 'voiceinput')],
    ['linux', { XDG_CACHE_HOME: resolve('/x') }, join(resolve('/x'), 'voiceinput')],
    ['linux', { XDG_CACHE_HOME: 'relative' }, join(home, '.cache', 'voiceinput')],
    ['linux', { XDG_CACHE_HOME: resolve('/x'), VOICEINPUT_CACHE_DIR: resolve('/y') }, resolve('/y')],
    ['linux', { VOICEINPUT_CACHE_DIR: 'here' }, resolve('here')],
    ['darwin', {}, join(home, 'Library', 'Caches', 'voiceinput')],
    ['win32', { LOCALAPPDATA: resolve('/local') }, join(resolve('/local'), 'voiceinput', 'Cache')],
  ] as const)('on %s with %j', (platform, env, expected) => {
    expect(cacheFolder({ HOME: home, ...env }, platform)).toBe(expected);
  });
});

describe('the fingerprint', () => {
  const { entry } = makeModel();
  const [first, second] = entry.files as [(typeof entry.files)[0], (typeof entry.files)[0]];

  test('follows content and names, not order or where the files come from', () => {
    const same = { ...entry, files: [second, { ...first, path: 'elsewhere/encoder.onnx' }] };
    expect(fingerprintOf(same)).toBe(fingerprintOf(entry));
    const other = { ...entry, files: [first, { ...second, sha256: 'f'.repeat(64) }] };
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(entry));
  });

  test('decides the folder, so that models of two pins live side by side', async () => {
    const before = makeModel();
    const after = makeModel({ fileBytes: 50_000 });
    const scene = await makeScene({ models: [before] });
    const located = await scene.open().locate('made-model', never);
    const carried = join(scene.folder, 'carried');
    await mkdir(carried);
    for (const [name, content] of Object.entries(after.contents))
      await writeFile(join(carried, `${name}.onnx`), content);
    const next = scene.open({ plugins: [bringing([after.entry])] });
    expect((await next.import('made-model', carried, never)).folder).not.toBe(located.folder);
    await copyFile(located.files['encoder']!, join(scene.folder, 'copy'));
    expect((await readFile(join(scene.folder, 'copy'))).equals(before.contents['encoder']!)).toBe(true);
  });
});
