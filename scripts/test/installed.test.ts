// What a stranger gets from the registry: installed by npm without any install script, into an empty prefix.

import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { packedFirst, packedNow } from './release/packed.ts';
import type { First } from './release/packed.ts';
import { openRegistry } from './release/registry.ts';
import type { Registry } from './release/registry.ts';
import { becomeStranger, bytesIn } from './release/stranger.ts';
import type { Said, Stranger } from './release/stranger.ts';

const { version } = createRequire(import.meta.url)('../../apps/cli/package.json') as { version: string };
const MOST_BYTES = 120_000_000;
const speech = resolve(import.meta.dirname, '../../fixtures/two-sentences.flac');

/** The user speaks what is in a file, and what is dictated goes into one. */
const settingsIn = (home: string): string =>
  JSON.stringify({
    words: ['Kubernetes'],
    dictation: {
      key: '',
      cues: false,
      source: { use: 'source-file', options: { path: join(home, 'speech.flac'), realtime: true } },
      sink: { use: 'sink-exec', options: { command: ['sh', '-c', `cat >> ${join(home, 'field.txt')}`] } },
    },
  });

const isAsked = process.env['VOICEINPUT_INSTALL'] === '1';
const unlessAsked = isAsked ? '' : ' — Only CI and pnpm prove ask for it: it needs the registry.';

describe.skipIf(!isAsked)(`installed from the registry by somebody else${unlessAsked}`, { timeout: 900_000 }, () => {
  let registry: Registry;
  let stranger: Stranger;
  let first: Promise<First>;

  function arrive(earlier?: Stranger): Stranger {
    const arrived = becomeStranger(registry.url, earlier);
    cpSync(speech, join(arrived.home, 'speech.flac'));
    arrived.write('.config/voiceinput/config.json', settingsIn(arrived.home));
    return arrived;
  }

  beforeAll(async () => {
    first = packedFirst();
    // The last test looks at it.
    first.catch(() => undefined);
    registry = await openRegistry();
    for (const tarball of await packedNow()) await registry.publish(tarball);
    stranger = arrive();
    const { exitCode, stderr } = await stranger.npm('install', '-g', '--ignore-scripts', 'voiceinput');
    if (exitCode !== 0) throw new Error(stderr);
  }, 900_000);
  afterAll(async () => {
    stranger?.close();
    await registry?.close();
    await first.then(
      ({ close }) => close(),
      () => undefined,
    );
  });

  test(`weighs at most ${MOST_BYTES / 1_000_000} MB, with the ONNX Runtime of this platform only`, () => {
    const modules = join(stranger.prefix, 'lib/node_modules');
    expect(bytesIn(modules)).toBeLessThan(MOST_BYTES);
    const runtimes = readdirSync(join(modules, 'voiceinput/node_modules/@voiceinput')).filter((name) =>
      name.startsWith('onnxruntime-'),
    );
    expect(runtimes).toEqual([`onnxruntime-${process.platform}-${process.arch}`]);
  });

  test('doctor, demo, a file and a dictation work', async () => {
    const demo = await stranger.voiceinput('demo');
    expect(demo).toMatchObject({ exitCode: 0 });
    expect((await stranger.voiceinput('doctor')).stdout).toContain('✓ engine');
    const text = await stranger.voiceinput('transcribe', 'speech.flac');
    expect(text).toMatchObject({ exitCode: 0 });
    expect(wordsIn(text.stdout)).toBeGreaterThan(5);
    const end = await stranger.serve();
    expect(await stranger.voiceinput('dictate', '--hands-free')).toMatchObject({ exitCode: 0 });
    expect(wordsIn(readFileSync(join(stranger.home, 'field.txt'), 'utf8'))).toBeGreaterThan(5);
    await end();
  });

  test('data sets are asked for by a sentence, and then are made', async () => {
    const make = () => stranger.voiceinput('dataset', 'from-folder', 'clips', '--out', 'data', '--language', 'en');
    expect((await make()).stderr).toMatch(/not installed[^]*npm install -g @voiceinput\/dataset/);
    stranger.write('clips/speech.txt', 'Whatever was said.');
    cpSync(speech, join(stranger.home, 'clips/speech.flac'));
    expect(await stranger.npm('install', '-g', '--ignore-scripts', '@voiceinput/dataset')).toMatchObject({
      exitCode: 0,
    });
    expect(await make()).toMatchObject({ stderr: '', exitCode: 0 });
    expect(filesIn(join(stranger.home, 'data'))).toContainEqual(expect.stringMatching(/\.flac$/));
  });

  test('the tray is asked for by a sentence, and then is there', async () => {
    const without = await stranger.voiceinput('tray');
    expect(without.exitCode).not.toBe(0);
    expect(without.stderr).toMatch(/not installed[^]*npm install -g @voiceinput\/tray/);
    expect(await stranger.npm('install', '-g', '--ignore-scripts', '@voiceinput/tray')).toMatchObject({ exitCode: 0 });
    expect((await stranger.voiceinput('tray', '--language', 'tlh')).stderr).toContain('Unknown language "tlh"');
  });

  test('uninstalled, it takes what it made, ends its daemon, and says what takes the packages', async () => {
    const end = await stranger.serve();
    const made = join(stranger.home, '.local/state/voiceinput/daemon.json');
    expect(existsSync(made)).toBe(true);
    const { stdout, exitCode } = await stranger.voiceinput('uninstall', '--history');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^The program itself: npm uninstall -g voiceinput/m);
    expect(stdout).toMatch(/^Stays: .*config\.json$/m);
    expect(existsSync(made)).toBe(false);
    expect((await stranger.voiceinput('status')).stderr).toContain('ERR_DAEMON_MISSING');
    await end();
  });

  test('what was installed when it had another name is replaced; history, words and settings stay', async () => {
    for (const tarball of (await first).tarballs) await registry.publish(tarball, 'first');
    const early = arrive(stranger);
    expect(await early.npm('install', '-g', '--ignore-scripts', '@voiceinput/cli@first')).toMatchObject({
      exitCode: 0,
    });
    // It gives up when a busy machine prepares its models for longer than a minute.
    await vi.waitFor(
      async () => expect(await early.voiceinput('transcribe', 'speech.flac')).toMatchObject({ exitCode: 0 }),
      {
        timeout: 400_000,
      },
    );
    const end = await early.serve();
    expect(await early.voiceinput('dictate', '--hands-free')).toMatchObject({ exitCode: 0 });
    const [before] = entriesIn(await early.voiceinput('history', '--json'));

    expect(await early.npm('uninstall', '-g', '@voiceinput/cli')).toMatchObject({ exitCode: 0 });
    expect(await early.npm('install', '-g', '--ignore-scripts', 'voiceinput')).toMatchObject({ exitCode: 0 });
    expect(await early.voiceinput('restart')).toMatchObject({ exitCode: 0 });
    await end();
    expect(JSON.parse((await early.voiceinput('status', '--json')).stdout)).toMatchObject({ version });
    const [after] = entriesIn(await early.voiceinput('history', '--json'));
    expect(after).toMatchObject({ id: before!.id, text: before!.text });
    expect((await early.voiceinput('config', '--json')).stdout).toContain('Kubernetes');
    expect(await early.voiceinput('quit')).toMatchObject({ exitCode: 0 });
    early.close();
  });
});

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

const entriesIn = ({ stdout }: Said): readonly { readonly id: string; readonly text: string }[] =>
  JSON.parse(stdout) as { id: string; text: string }[];
