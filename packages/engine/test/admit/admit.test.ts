import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkManifest, loadPlugin } from '@voiceinput/engine';
import { beforeAll, describe, expect, test, vi } from 'vitest';

const signal = new AbortController().signal;
const api = JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'));
const manifest = (over = ''): string => `
  import { definePlugin } from ${api};
  export default definePlugin({ id: 'post-nothing', kind: 'postprocessor', api: 1, title: 'Nothing',
    capabilities: { scope: 'segment', stages: ['draft'] }, create: async () => { throw new Error('unused') }, ${over} });`;

const file = { name: 'model', path: 'deep/model.onnx', sha256: 'a'.repeat(64), bytes: 1 };
const model = {
  id: 'made-up',
  title: 'Made up',
  languages: ['en'],
  license: 'MIT',
  attribution: 'Copyright (c) nobody',
  homepage: 'https://example.org/',
  sources: ['file:///nowhere'],
  files: [file],
};
const brokenModels = (
  [
    ['has a model without a proper id', { ...model, id: '../up' }, 'no id of lower-case'],
    ['has a model without a licence', { ...model, license: '' }, 'has no license'],
    ['has a model without a source', { ...model, sources: [] }, 'has no sources'],
    ['has a model from an unknown source', { ...model, sources: ['ftp://host/folder'] }, 'none that is known'],
    ['has a model of a hub without a revision', { ...model, sources: ['hf:owner/name'] }, 'none that is known'],
    ['has a model with a file outside', { ...model, files: [{ ...file, path: '../model.onnx' }] }, 'a relative path'],
    ['has a model with an absolute file', { ...model, files: [{ ...file, path: '/model.onnx' }] }, 'a relative path'],
    ['has a model with a short checksum', { ...model, files: [{ ...file, sha256: 'abc' }] }, 'sha256'],
    ['has a model with a file twice', { ...model, files: [file, { ...file, name: 'other' }] }, 'has a file twice'],
  ] as const
).map(([name, change, message]): [string, string, string, string] => [
  name,
  manifest(`models: ${JSON.stringify([change])}`),
  'ERR_PLUGIN_MANIFEST',
  message,
]);

let folder: string;
async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return `./${name}`;
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voiceinput-plugins-'));
});

describe('a plugin is loaded', () => {
  test('from a JavaScript file', async () => {
    const { plugin, url } = await loadPlugin(await write('a.mjs', manifest()), [folder], signal);
    expect(plugin.id).toBe('post-nothing');
    expect(url).toBe(pathToFileURL(join(folder, 'a.mjs')).href);
  });

  test('from a TypeScript file', async () => {
    const { plugin } = await loadPlugin(
      await write('a.ts', `const title: string = 'typed';${manifest('title')}`),
      [folder],
      signal,
    );
    expect(plugin.title).toBe('typed');
  });

  test.each(['mjs', 'js', 'ts', 'mts'])('from a .%s file alone, which gets the contract from us', async (ending) => {
    const text = manifest().replace(api, "'@voiceinput/plugin-api'");
    const { plugin } = await loadPlugin(await write(`alone.${ending}`, text), [folder], signal);
    expect(plugin.id).toBe('post-nothing');
    const missing = await write(`lost.${ending}`, text.replace('plugin-api', 'no-such-api'));
    await expect(loadPlugin(missing, [folder], signal)).rejects.toMatchObject({
      code: 'ERR_PLUGIN_LOAD',
      message: expect.stringContaining('no-such-api'),
    });
  });

  test('from a package that exports only ES modules', async () => {
    const home = join(folder, 'node_modules', 'voiceinput-nothing');
    await mkdir(home, { recursive: true });
    await writeFile(
      join(home, 'package.json'),
      JSON.stringify({ name: 'voiceinput-nothing', type: 'module', exports: { import: './index.js' } }),
    );
    await writeFile(join(home, 'index.js'), manifest());
    const { plugin } = await loadPlugin('voiceinput-nothing', ['/nowhere', folder], signal);
    expect(plugin.id).toBe('post-nothing');
  });
});

test('a plugin is loaded with the models that it brings', async () => {
  const text = manifest(`models: ${JSON.stringify([model])}`);
  const { plugin } = await loadPlugin(await write('with-model.mjs', text), [folder], signal);
  expect(plugin.models).toEqual([model]);
});

describe('a plugin is refused', () => {
  test.each([
    ['absent file', './absent.js', 'ERR_PLUGIN_NOT_FOUND'],
    ['absent package', 'voiceinput-absent', 'ERR_PLUGIN_NOT_FOUND'],
  ])('%s', async (_, specifier, code) => {
    await expect(loadPlugin(specifier, [folder], signal)).rejects.toMatchObject({ code });
  });

  test.each([
    ['throws at load', 'throw new Error("kaboom")', 'ERR_PLUGIN_LOAD', 'kaboom'],
    ['does not parse', 'export default {', 'ERR_PLUGIN_LOAD', ''],
    ['exports nothing', 'export {}', 'ERR_PLUGIN_MANIFEST', 'definePlugin'],
    ['is of another contract', manifest('api: 2'), 'ERR_PLUGIN_API', 'contract 2; this is 1'],
    ['has an unknown kind', manifest("kind: 'filter'"), 'ERR_PLUGIN_MANIFEST', 'kind is "filter"'],
    ['has an id of another kind', manifest("id: 'sink-nothing'"), 'ERR_PLUGIN_MANIFEST', 'expected "post-"'],
    ['has no create', manifest('create: undefined'), 'ERR_PLUGIN_MANIFEST', 'create'],
    ['has options that are no object', manifest("config: { type: 'string' }"), 'ERR_PLUGIN_MANIFEST', 'type object'],
    ['has models that are no list', manifest('models: {}'), 'ERR_PLUGIN_MANIFEST', 'models is not a list'],
    ...brokenModels,
    ['has an importer that cannot be opened', manifest('importer: {}'), 'ERR_PLUGIN_MANIFEST', 'no function open'],
    [
      'has a model for an importer, and none',
      manifest(`models: ${JSON.stringify([{ ...model, imported: true }])}`),
      'ERR_PLUGIN_MANIFEST',
      'goes through an importer',
    ],
    [
      'has a command without a title',
      manifest("commands: [{ id: 'go', arguments: { type: 'object' } }]"),
      'ERR_PLUGIN_MANIFEST',
      'expected an id in lower case and a title',
    ],
    [
      'has a command whose arguments are no object',
      manifest("commands: [{ id: 'go', title: 'Go', arguments: {} }]"),
      'ERR_PLUGIN_MANIFEST',
      'command "go"',
    ],
    [
      'is a runner with commands',
      manifest("id: 'runner-x', kind: 'runner', commands: []"),
      'ERR_PLUGIN_MANIFEST',
      'a runner cannot offer commands',
    ],
  ])('that %s', async (name, text, code, message) => {
    const specifier = await write(`${name.replaceAll(' ', '-')}.mjs`, text);
    await expect(loadPlugin(specifier, [folder], signal)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('that never finishes loading', async () => {
    const specifier = await write('hangs.mjs', 'await new Promise(() => {})');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const loading = expect(loadPlugin(specifier, [folder], signal)).rejects.toMatchObject({
        code: 'ERR_PLUGIN_TIMEOUT',
        message: './hangs.mjs did not answer import within 10000 ms.',
      });
      await vi.advanceTimersByTimeAsync(10_000);
      await loading;
    } finally {
      vi.useRealTimers();
    }
  });

  test('that is no plugin at all', () => {
    for (const value of [undefined, null, 'x', {}, { id: 'post-x' }])
      expect(() => checkManifest(value, 'here')).toThrow('here');
  });
});
