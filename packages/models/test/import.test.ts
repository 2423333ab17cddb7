// Whether models out of users' files are made, kept and found like others.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openModelStore, type Progress } from '@voiceinput/models';
import type { ModelEntry } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { importing } from './importer.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
let told: Progress[];
beforeEach(async () => {
  scene = await makeScene();
  told = [];
});

const open = (version?: number, models?: readonly ModelEntry[]) =>
  scene.open({ plugins: [importing(version, models)], onProgress: (progress) => void told.push(progress) });

async function write(name: string, text: string): Promise<string> {
  const path = join(scene.folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

describe('a file of the user', () => {
  test('becomes a model that is listed, located, verified and removed like others', async () => {
    const path = await write('mine.txt', 'MADE\none\ntwo');
    const store = open();
    const { entry, state } = await store.importFrom({ path }, never);
    expect(state).toBe('ready');
    expect(entry).toMatchObject({
      id: 'made-words',
      title: 'Made words (2)',
      languages: ['en'],
      plugin: 'runner-words',
      license: 'MIT',
      memoryBytes: 1_000,
      importedFrom: path,
      recognisedAs: 'made-words',
    });

    const later = open();
    expect((await later.list(never)).map((one) => [one.entry.id, one.state])).toEqual([['made-words', 'ready']]);
    const located = await later.locate('made-words', never);
    expect(await readFile(located.files['words']!, 'utf8')).toBe('["one","two"]');
    expect(await readFile(located.files['name']!, 'utf8')).toBe('made-words');
    expect((await readdir(located.folder)).toSorted()).toEqual(['checked.json', 'deep', 'derived', 'name']);
    expect((await later.verify('made-words', never)).map((check) => [check.name, check.state])).toEqual([
      ['words', 'whole'],
      ['name', 'whole'],
    ]);
    expect(await scene.leftovers()).toEqual([]);

    await later.remove('made-words', never);
    expect(await open().known()).toEqual([]);
    expect(scene.registry.requests).toEqual([]);
  });

  test('may be a folder, and is called as the user likes', async () => {
    const path = dirname(await write('folder/words.txt', 'MADE\nx'));
    await open().importFrom({ path, name: 'my-own' }, never);
    expect((await open().known()).map(({ id }) => id)).toEqual(['my-own']);
  });

  test('how far its import is is told, and never falls', async () => {
    const path = await write('mine.txt', `MADE\n${'word\n'.repeat(500)}`);
    await open().importFrom({ path }, never);
    const shares = told.map(({ doneBytes }) => doneBytes);
    expect(told.every(({ doing, modelId }) => doing === 'importing' && modelId === 'made-words')).toBe(true);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ doneBytes: told[0]!.totalBytes });
  });

  test('replaces what was imported under the same name, and only when all of it is there', async () => {
    const path = await write('mine.txt', 'MADE\none');
    const store = open();
    const before = await store.importFrom({ path }, never);
    await write('mine.txt', 'MADE\none\nBROKEN');
    await expect(store.importFrom({ path }, never)).rejects.toMatchObject({ code: 'ERR_MODEL_FORMAT' });
    expect((await store.status('made-words', never)).folder).toBe(before.folder);
    expect(await scene.leftovers()).toEqual([]);
    await write('mine.txt', 'MADE\nother');
    const after = await store.importFrom({ path }, never);
    expect(after.folder).not.toBe(before.folder);
    expect(existsSync(before.folder)).toBe(false);
  });

  test('goes without what a killed import of another left behind', async () => {
    const incoming = join(scene.cache, 'models', '.incoming');
    await mkdir(join(incoming, 'larger-words@abc'), { recursive: true });
    await open().importFrom({ path: await write('mine.txt', 'MADE\none') }, never);
    expect(await readdir(incoming)).toEqual([]);
  });

  test('is not left half-imported by an abort', async () => {
    const path = await write('mine.txt', `MADE\n${'word\n'.repeat(500)}`);
    const control = new AbortController();
    const store = scene.open({
      plugins: [importing()],
      onProgress: ({ doneBytes }) => doneBytes > 0 && control.abort(new Error('enough')),
    });
    await expect(store.importFrom({ path }, control.signal)).rejects.toThrow('enough');
    expect(await store.known()).toEqual([]);
    expect(await scene.leftovers()).toEqual([]);
  });
});

describe('what is no model is refused with what it is and what was expected', () => {
  test.each([
    ['empty.txt', '', 'is an empty file. Expected: a text that begins with MADE.'],
    ['a.zip', 'PK\u0003\u0004', 'is a ZIP archive. Expected:'],
    ['page.bin', '<!DOCTYPE html><p>', 'is a web page. Expected:'],
    ['other.txt', 'something', 'is a file of an unknown format (9 bytes). Expected:'],
    ['pickle.pt', 'PICKLE', 'is a pickle, which is never run; expected was a text that begins with MADE.'],
  ])('%s', async (name, text, message) => {
    const path = await write(name, text);
    await expect(open().importFrom({ path }, never)).rejects.toMatchObject({
      code: 'ERR_MODEL_FORMAT',
      message: expect.stringContaining(`${path} ${message}`),
    });
  });

  test('a folder tells what is in it', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await write(`many/${name}`, 'x');
    await expect(open().importFrom({ path: join(scene.folder, 'many') }, never)).rejects.toMatchObject({
      message: expect.stringContaining('is a folder with a, b, c, d and 2 more. Expected:'),
    });
  });

  test('what is not there', async () => {
    await expect(open().importFrom({ path: '/nowhere/at-all' }, never)).rejects.toMatchObject({
      code: 'ERR_FILE_NOT_FOUND',
    });
  });

  test('where no plugin imports anything', async () => {
    const path = await write('mine.txt', 'MADE');
    await expect(scene.open().importFrom({ path }, never)).rejects.toMatchObject({
      code: 'ERR_MODEL_FORMAT',
      message: expect.stringContaining('no plugin here imports models'),
    });
  });

  test('a plugin that stumbles is named', async () => {
    const path = await write('mine.txt', 'MADE\nCRASH');
    await expect(open().importFrom({ path }, never)).rejects.toMatchObject({
      code: 'ERR_PLUGIN_FAILED',
      message: 'runner-words failed: word is not a function',
    });
  });
});

describe('a name', () => {
  test.each(['My Model', '../up', 'a.b', ''])('%j is refused', async (name) => {
    const path = await write('mine.txt', 'MADE');
    await expect(open().importFrom({ path, name }, never)).rejects.toMatchObject({ code: 'ERR_USAGE' });
  });

  test("of a plugin's own model is refused, and not proposed either", async () => {
    const path = await write('mine.txt', 'MADE\nx');
    const own = { ...scene.model.entry, id: 'made-words' };
    const store = open(1, [own]);
    await expect(store.importFrom({ path, name: 'made-words' }, never)).rejects.toMatchObject({
      code: 'ERR_USAGE',
      message: expect.stringContaining('runner-words brings'),
    });
    expect((await store.importFrom({ path }, never)).entry.id).toBe('made-words-imported');
  });
});

test('a model that an older plugin imported is not used: it says how it is imported again', async () => {
  const path = await write('mine.txt', 'MADE\none');
  await open(1).importFrom({ path }, never);
  await expect(open(2).locate('made-words', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_FILES',
    hint: `Import it again with: voiceinput models import ${path} --name made-words`,
  });
  expect((await open(2).status('made-words', never)).state).toBe('damaged');
});

test('a damaged model is not fetched from anywhere: it says how it is imported again', async () => {
  const path = await write('mine.txt', 'MADE\none');
  await open().importFrom({ path }, never);
  const { files } = await open().locate('made-words', never);
  await writeFile(files['name']!, 'something else');
  await expect(open().locate('made-words', never)).rejects.toMatchObject({
    code: 'ERR_MODEL_FILES',
    message: expect.stringContaining('missing or changed'),
  });
  await open().importFrom({ path }, never);
  expect(await readFile(files['name']!, 'utf8')).toBe('made-words');
});

describe('a model of a plugin that goes through its importer', () => {
  const words = 'MADE\nhere\nthere';
  const entryFrom = (folder: string): ModelEntry => ({
    ...scene.model.entry,
    id: 'two-words',
    title: 'Two words',
    imported: true,
    sources: [pathToFileURL(folder).href as `file:${string}`],
    files: [
      {
        name: 'words',
        path: 'words.txt',
        bytes: words.length,
        sha256: createHash('sha256').update(words).digest('hex'),
      },
    ],
  });

  test('is fetched, imported, and there without its source afterwards', async () => {
    const source = dirname(await write('source/words.txt', words));
    const entry = entryFrom(source);
    expect((await open(1, [entry]).list(never)).map(({ state }) => state)).toEqual(['absent']);
    const located = await open(1, [entry]).locate('two-words', never);
    expect(await readFile(located.files['words']!, 'utf8')).toBe('["here","there"]');
    expect(new Set(told.map(({ doing }) => doing))).toEqual(new Set(['fetching', 'importing']));

    await writeFile(join(source, 'words.txt'), 'gone');
    expect(await open(1, [entry]).locate('two-words', never)).toEqual(located);
    const { entry: listed, state } = await open(1, [entry]).status('two-words', never);
    expect(state).toBe('ready');
    expect(listed).toMatchObject({ title: 'Two words', license: 'MIT', plugin: 'runner-words' });
    expect(listed).not.toHaveProperty('importedFrom');
  });

  test('is brought anew when its pin or the importer is another', async () => {
    const source = dirname(await write('source/words.txt', words));
    const entry = entryFrom(source);
    await open(1, [entry]).locate('two-words', never);
    expect((await open(2, [entry]).status('two-words', never)).state).toBe('absent');
    await open(2, [entry]).locate('two-words', never);
    expect((await open(2, [entry]).status('two-words', never)).state).toBe('ready');
    const other = { ...entry, files: entry.files.map((file) => ({ ...file, sha256: '0'.repeat(64) })) };
    expect((await open(2, [other]).status('two-words', never)).state).toBe('absent');
  });
});

describe('export', () => {
  test('writes what the plugin writes into a new folder', async () => {
    const path = await write('mine.txt', 'MADE\none\ntwo');
    await open().importFrom({ path }, never);
    const to = join(scene.folder, 'out');
    const files = await open().export('made-words', to, never);
    expect(files.map((file) => basename(file))).toEqual(['words.txt']);
    expect(await readFile(files[0]!, 'utf8')).toBe('MADE\none\ntwo');
    await expect(open().export('made-words', to, never)).rejects.toMatchObject({ code: 'ERR_USAGE' });
  });

  test('of a model that was not imported is refused', async () => {
    await scene.open().locate('made-model', never);
    await expect(scene.open().export('made-model', join(scene.folder, 'out'), never)).rejects.toMatchObject({
      code: 'ERR_MODEL_FORMAT',
    });
  });
});

test('what others left in the cache is passed over', async () => {
  for (const name of ['a', 'b', 'c']) await mkdir(join(scene.cache, 'models', name), { recursive: true });
  await writeFile(join(scene.cache, 'models', 'a', 'imported.json'), '{ "half');
  await writeFile(join(scene.cache, 'models', 'b', 'imported.json'), 'null');
  await writeFile(join(scene.cache, 'models', 'c', 'imported.json'), '{ "entry": { "id": "other", "files": [] } }');
  expect(await openModelStore({ folder: scene.cache }).known()).toEqual([]);
});
