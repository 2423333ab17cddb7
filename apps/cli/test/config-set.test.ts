// Whether one setting is read, changed for good and taken back by its name, and the rest of the file stays.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { voiceinput } from './voiceinput/here.ts';
import { ownFolder } from './voiceinput/scene.ts';

const folder = ownFolder();
const file = join(folder, 'voiceinput', 'config.json');
const OWN = `{
  // How I dictate.
  "hybrid": false, // drafts only
  "dictation": { "key": "F9" },
  "profiles": { "quick": {} }
}
`;
const config = (...words: readonly string[]) => voiceinput(['config', ...words], { folder });
const said = (): string => readFileSync(file, 'utf8');

mkdirSync(join(folder, 'voiceinput'));
beforeEach(() => writeFileSync(file, OWN));

describe('config get', () => {
  test.each([
    ['dictation.key', 'F9\n', 'file'],
    ['hybrid', 'false\n', 'file'],
    ['dictation.mode', 'hold\n', 'default'],
    ['profile', 'default\n', 'default'],
    ['profiles.quick.refine.use', 'runner-moonshine\n', 'default'],
  ])('prints %s, yours or the default', async (path, stdout, from) => {
    const [plain, json] = await Promise.all([config('get', path), config('get', path, '--json')]);
    expect(plain).toEqual({ stdout, stderr: '', exitCode: 0 });
    expect(JSON.parse(json.stdout)).toMatchObject({ path, from });
  });

  test('says that a setting has no value, and which name may be meant', async () => {
    const [unset, misspelt] = await Promise.all([config('get', 'language'), config('get', 'dictation.kee')]);
    expect(unset).toMatchObject({ stdout: '\n', stderr: 'language is not set, and has no default.\n', exitCode: 0 });
    expect(misspelt).toMatchObject({ stdout: '', exitCode: 4 });
    expect(misspelt.stderr).toContain(`error: ${file}: `);
    expect(misspelt.stderr).toMatch(/"dictation\.kee" is not a known key; the nearest known key is "key"/);
  });
});

describe('config set', () => {
  test.each([
    [['dictation.mode', 'toggle'], { dictation: { key: 'F9', mode: 'toggle' } }],
    [['hybrid', 'true'], { hybrid: true }],
    [['dictation.silenceMs', '900'], { dictation: { silenceMs: 900 } }],
    [['words', 'Kubernetes'], { words: ['Kubernetes'] }],
    [['words', 'Kubernetes', 'Baker Street'], { words: ['Kubernetes', 'Baker Street'] }],
    [['profiles.quick.hybrid', 'true'], { profiles: { quick: { hybrid: true } } }],
    [['replacements.jay son', 'JSON'], { replacements: { 'jay son': 'JSON' } }],
    [['replacements["node.js"]', '1'], { replacements: { 'node.js': '1' } }],
    [['dictation.history', '{"textDays": 7}'], { dictation: { history: { textDays: 7 } } }],
  ])('%j is written, and the rest stays with its comments', async (words, expected) => {
    const run = await config('set', ...words, '--json');
    expect(run).toMatchObject({ stderr: '', exitCode: 0 });
    expect(said()).toContain('// How I dictate.');
    expect(said()).toContain('// drafts only');
    const { stdout } = await voiceinput(['config', 'get', words[0]!, '--json'], { folder });
    expect(JSON.parse(said().replaceAll(/\/\/.*/g, ''))).toMatchObject(expected);
    expect(JSON.parse(stdout)).toMatchObject({ from: 'file' });
  });

  test.each([
    [['dictation.kee', 'F9'], /"dictation\.kee" is not a known key; the nearest known key is "key"/, 4],
    [['dictation.mode', 'togle'], /must be one of .*\n.*Did you mean "toggle"/, 4],
    [['dictation.silenceMs', '5'], /dictation\.silenceMs is 5, but it must be 300 or more/, 4],
    [['profile', 'quik'], /There is no profile "quik".*\n.*Did you mean "quick"/, 4],
    [['dictation..key', 'F9'], /is not the path of a setting/, 2],
    [['hybrid.deep', 'true'], /nothing below hybrid/, 4],
  ])('%j is refused and changes nothing', async (words, message, exitCode) => {
    const run = await config('set', ...words);
    expect(run).toMatchObject({ stdout: '', exitCode });
    expect(run.stderr).toMatch(message);
    expect(said()).toBe(OWN);
  });

  test('writes a first file, and mends one that has a mistake', async () => {
    writeFileSync(file, '{ "hybird": true }');
    expect(await config('set', 'dictation.key', 'F8')).toMatchObject({ exitCode: 4 });
    expect(await config('unset', 'hybird')).toMatchObject({ exitCode: 0 });
    expect(await config('set', 'dictation.key', 'F8')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(said())).toEqual({ dictation: { key: 'F8' } });
  });
});

describe('config unset', () => {
  test('takes a setting away; one that is not there is no failure', async () => {
    expect(await config('unset', 'dictation.key')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said()).toBe(OWN.replace('{ "key": "F9" }', '{}'));
    const again = await config('unset', 'dictation.key', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ path: 'dictation.key', removed: false });
    expect(await config('unset', 'dictation.kee')).toMatchObject({ exitCode: 4 });
  });
});

test('the old name of what counts until the daemon stops says what it is called now', async () => {
  const env = { VOICEINPUT_RUNTIME_DIR: join(folder, 'run') };
  const { stderr, exitCode } = await voiceinput(['set', '--hybrid', 'off'], { folder, env });
  expect(stderr).toMatch(/now called: voiceinput set-for-now\. For a lasting change: voiceinput config set/);
  expect(exitCode).toBe(9);
});
