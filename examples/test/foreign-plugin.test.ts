// Shows that a plugin from outside works: packed, installed by npm in a folder of its own, named in a configuration.

import { cp, lstat, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples, fixture, node, outputOf, run, voiceinput } from './run.ts';

const SLOW_MS = 120_000;
const pluginApi = dirname(dirname(fileURLToPath(import.meta.resolve('@voiceinput/plugin-api'))));
const onnx = dirname(dirname(fileURLToPath(import.meta.resolve('@voiceinput/onnx'))));
const plugins = ['post-emphasis', 'runner-echo', 'runner-ctc'];
let folder = '';

const inFolder = (...args: string[]) => voiceinput([...args, '--config', 'config.json'], folder);
const speech = fixture('two-sentences.flac');

interface Result {
  readonly draft: string;
  readonly text: string;
  readonly lanes: Readonly<Record<'fast' | 'refine', { readonly runner: string; readonly model: string }>>;
}

async function dictate(profile: string): Promise<Result> {
  const printed = outputOf(await inFolder('transcribe', speech, '--json', '--profile', profile));
  const [result] = printed.trim().split('\n').slice(-1);
  return JSON.parse(result!) as Result;
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'voiceinput-foreign-')));
  const tarballs = [];
  for (const source of [pluginApi, ...plugins.map((name) => join(examples, name))]) {
    const packed = outputOf(await run('npm', ['pack', '--json', '--pack-destination', folder], source));
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    tarballs.push(join(folder, filename));
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const quietly = ['--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'npm-cache')];
  outputOf(await run('npm', ['install', ...quietly, '--legacy-peer-deps', ...tarballs], folder));
  // ONNX Runtime is too large to be packed for a test: its toolbox is linked.
  await symlink(onnx, join(folder, 'node_modules', '@voiceinput', 'onnx'), 'dir');
  for (const name of ['config.json', 'post-shout.ts', 'runner-phrases.ts', 'phrases'])
    await cp(join(examples, name), join(folder, name), { recursive: true });
}, SLOW_MS);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a plugin that someone else wrote', () => {
  test.each(plugins)('%s passes its own tests', async (name) => {
    outputOf(await node(['--test'], join(examples, name)));
  });

  test(
    'is used in its own folder while it is written',
    async () => {
      const beside = join(examples, 'post-emphasis', 'config.json');
      const printed = outputOf(await voiceinput(['transcribe', speech, '--config', beside], folder));
      expect(printed).toBe('Please close the *window*. It is getting *cold* in here.\n');
    },
    SLOW_MS,
  );

  test('is installed with a contract of its own, nothing of it links to this workspace', async () => {
    const installed = ['@voiceinput/plugin-api', ...plugins.map((name) => `voiceinput-${name}`)];
    for (const name of installed) {
      const place = join(folder, 'node_modules', name);
      expect((await lstat(place)).isDirectory()).toBe(true);
      expect(await realpath(place)).toBe(place);
    }
  });

  test('is listed with the others, and tells its options', async () => {
    const listed = JSON.parse(outputOf(await inFolder('plugins', '--json'))) as { id: string; origin: string }[];
    const foreign = listed.filter(({ origin }) => origin !== 'built in').map(({ id, origin }) => [id, origin]);
    expect(foreign).toEqual([
      ['post-emphasis', 'voiceinput-post-emphasis'],
      ['runner-echo', 'voiceinput-runner-echo'],
      ['runner-ctc', 'voiceinput-runner-ctc'],
      ['post-shout', './post-shout.ts'],
      ['runner-phrases', './runner-phrases.ts'],
    ]);
    expect(outputOf(await inFolder('plugins', 'post-emphasis'))).toContain('What stands on both sides.');
  });

  test(
    'changes what is dictated, with the options of the configuration',
    async () => {
      const { draft, text } = await dictate('default');
      expect(draft).toContain('close the *window*');
      expect(text).toContain('close the *window*');
    },
    SLOW_MS,
  );

  test(
    'can be the runner of a lane, in a process of its own',
    async () => {
      const { text, lanes } = await dictate('echo');
      expect(text).toMatch(/^Somebody spoke for \d\.\d seconds\./);
      expect(lanes.fast).toEqual({ runner: 'runner-echo', model: 'stopwatch' });
    },
    SLOW_MS,
  );

  test(
    'can be one TypeScript file beside the configuration, and is asked only in the stages that it declares',
    async () => {
      const { draft, text } = await dictate('shout');
      expect(draft).toMatch(/^Somebody spoke/);
      expect(text).toBe(draft.toUpperCase());
    },
    SLOW_MS,
  );

  test(
    'brings a model of its own: it is listed, fetched when it is needed, and removed like the others',
    async () => {
      const stateOf = async () => {
        const all = JSON.parse(outputOf(await inFolder('models', 'list', '--json'))) as { id: string; state: string }[];
        return all.find(({ id }) => id === 'phrase-book')?.state;
      };
      expect(await stateOf()).toBe('absent');
      const { text, lanes } = await dictate('phrases');
      expect(text).toBe('Good morning.');
      expect(lanes.fast).toEqual({ runner: 'runner-phrases', model: 'phrase-book' });
      expect(await stateOf()).toBe('ready');
      outputOf(await inFolder('models', 'remove', 'phrase-book'));
      expect(await stateOf()).toBe('absent');
    },
    SLOW_MS,
  );

  test(
    'can be of another family of models, with a frontend and a model of its own, in both lanes',
    async () => {
      const { draft, text, lanes } = await dictate('vowels');
      expect(draft).toMatch(/^[aeiou]( [aeiou])+$/);
      expect(text).toMatch(/^[aeiou]( [aeiou])+$/);
      expect(text.length).toBeGreaterThan(draft.length);
      expect(lanes).toMatchObject({
        fast: { runner: 'runner-ctc', model: 'vowels-toy' },
        refine: { runner: 'runner-ctc', model: 'vowels-toy', decision: 'replaced' },
      });
      outputOf(await inFolder('models', 'remove', 'vowels-toy'));
    },
    SLOW_MS,
  );

  test('gets no options that its schema does not have', async () => {
    const config = { plugins: ['voiceinput-post-emphasis'], profiles: { default: { post: [choice({ wrods: [] })] } } };
    await writeFile(join(folder, 'wrong.json'), JSON.stringify(config));
    const { exitCode, stderr } = await voiceinput(['config', 'show', '--config', 'wrong.json'], folder);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('the nearest known key is "words"');
  });
});

const choice = (options: object) => ({ use: 'post-emphasis', options });
