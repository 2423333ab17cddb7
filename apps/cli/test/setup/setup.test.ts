// Whether what is said in options is set, and nothing else, and only when all of it fits.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { never } from '@voiceinput/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setup } from '../../src/commands/setup.ts';
import type { SetupOptions } from '../../src/commands/setup.ts';
import { loudnessOf } from '../../src/setup/listen.ts';
import { lines, voiceinput } from '../voiceinput/run.ts';
import { NO_NETWORK, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const root = ownFolder();
const OWN = `{
  // Mine.
  "hybrid": false,
  "language": "en",
  "dictation": { "key": "F9" }
}
`;
let folder: string;
const file = (): string => join(folder, 'voiceinput', 'config.json');

beforeEach(() => {
  folder = mkdtempSync(join(root, 'user-'));
  mkdirSync(join(folder, 'voiceinput'));
  vi.stubEnv('XDG_CONFIG_HOME', folder);
  vi.stubEnv('XDG_DATA_HOME', folder);
  vi.stubEnv('VOICEINPUT_RUNTIME_DIR', join(folder, 'run'));
});
afterEach(() => vi.unstubAllEnvs());

/** What it prints, as JSON. */
async function answer(options: Partial<SetupOptions>): Promise<unknown> {
  const printed: string[] = [];
  const writing = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await setup({ json: true, version: '0', yes: false, ...options }, never);
  } finally {
    writing.mockRestore();
  }
  return JSON.parse(printed.join(''));
}

describe('setup with options', () => {
  test('writes what they say, and the rest of the file stays with its comments', async () => {
    writeFileSync(file(), OWN);
    const said = { languages: ['Russian', 'en'], key: 'Control+Alt+J', mode: 'toggle', microphone: 'Headset' } as const;
    expect(await answer(said)).toMatchObject({
      file: file(),
      changed: true,
      languages: ['ru', 'en'],
      key: 'Control+Alt+J',
      mode: 'toggle',
      models: [],
    });
    const text = readFileSync(file(), 'utf8');
    expect(text).toContain('// Mine.');
    expect(JSON.parse(text.replace('// Mine.', ''))).toEqual({
      hybrid: false,
      languages: ['ru', 'en'],
      dictation: {
        key: 'Control+Alt+J',
        mode: 'toggle',
        source: { options: { device: 'Headset' } },
      },
    });
    // The same again changes nothing.
    expect(await answer(said)).toMatchObject({ changed: false });
    expect(readFileSync(file(), 'utf8')).toBe(text);
    await answer({ languages: ['any'], microphone: 'default', key: 'none' });
    expect(JSON.parse(readFileSync(file(), 'utf8').replace('// Mine.', ''))).toEqual({
      hybrid: false,
      dictation: { key: '', mode: 'toggle', source: { options: {} } },
    });
  });

  test('begins a file that editors can check', async () => {
    await answer({ key: 'F8' });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      $schema: expect.stringMatching(/voiceinput\.schema\.json$/),
      dictation: { key: 'F8' },
    });
  });

  test.each([
    [{ languages: ['Klingonese'] }, /"Klingonese" is not a language/],
    [{ key: 'F99' }, /Unknown key "F99"/],
    [{ key: 'J' }, /would be typed/],
    [{ key: 'F8', models: ['whisper-gigantic'] }, /whisper-gigantic/],
    [{}, /this is no terminal/],
  ])('changes nothing for %j', async (options, why) => {
    writeFileSync(file(), OWN);
    await expect(answer(options)).rejects.toThrow(why);
    expect(readFileSync(file(), 'utf8')).toBe(OWN);
  });

  test('takes models that are here already, and those that are recommended', async () => {
    const given = { languages: ['en'], models: ['moonshine-tiny-en'] };
    expect(await answer(given)).toMatchObject({ models: ['moonshine-tiny-en'] });
  });

  test('does the rest where a model cannot be had, and says so', async () => {
    const args = ['setup', '--languages', 'ru', '--models', 'recommended', '--json'];
    const env = { VOICEINPUT_CACHE_DIR: join(folder, 'cache'), HTTPS_PROXY: 'http://127.0.0.1:9', ...NO_NETWORK };
    const { stdout, stderr, exitCode } = await voiceinput(args, { folder, env });
    expect(lines(stdout)).toMatchObject([{ changed: true, languages: ['ru'], models: [] }]);
    expect(lines(stderr)).toContainEqual(expect.objectContaining({ type: 'warning', code: 'ERR_MODEL_OFFLINE' }));
    expect(exitCode).toBe(6);
  });

  test('is understood on the command line', async () => {
    const args = ['setup', '--languages', 'ru', 'en', '--key', 'F9', '--mode', 'hands-free', '--json'];
    const { stdout, exitCode } = await voiceinput(args, { folder });
    expect(lines(stdout)).toMatchObject([{ languages: ['ru', 'en'], key: 'F9', mode: 'hands-free' }]);
    expect(exitCode).toBe(0);
    const nobody = await voiceinput(['setup'], { folder });
    expect(nobody.stderr).toMatch(/this is no terminal[^]*voiceinput setup --languages ru en --yes/);
    expect(nobody.exitCode).toBe(2);
  });
});

test('the level is 0 in silence, 1 for the loudest sound, and grows with it', () => {
  const tone = (amplitude: number) => Float32Array.from({ length: 800 }, (_, index) => amplitude * Math.sin(index / 5));
  expect(loudnessOf(new Float32Array(800))).toBe(0);
  expect(loudnessOf(new Float32Array())).toBe(0);
  const levels = [0.0001, 0.003, 0.03, 0.3, 1].map((amplitude) => loudnessOf(tone(amplitude)));
  expect(levels).toEqual([...levels].sort((a, b) => a - b));
  expect([levels[0], levels.at(-1)]).toEqual([0, 1]);
  expect(levels[2]).toBeGreaterThan(0.4);
});
