// Whether languages can be chosen instead of models.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { voiceinput } from './voiceinput/here.ts';
import { fixture, NO_NETWORK, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const env = { ...NO_NETWORK, XDG_CONFIG_HOME: join(folder, 'config') };
const file = join(folder, 'config', 'voiceinput', 'config.json');
const run = (...args: string[]) => voiceinput(args, { folder, env });

test('languages are written into the configuration, of which the rest stays, and shown with what they come to', async () => {
  mkdirSync(join(folder, 'config', 'voiceinput'), { recursive: true });
  writeFileSync(file, '{\n  // mine\n  "hybrid": true,\n  "language": "de"\n}\n');
  const set = await run('languages', 'RU', 'English');
  expect(set).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Languages: ru, en\nDraft: whisper-/) });
  expect(set.stdout).toMatch(/models pull whisper-\S+ whisper-/);
  const written = readFileSync(file, 'utf8');
  expect(written).toContain('// mine');
  expect(written).toContain('"hybrid": true');
  expect(written).not.toContain('"language":');
  const shown = await run('languages', '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({ languages: ['ru', 'en'], missing: expect.any(Array) });

  // What is here goes on working for what it hears.
  const heard = await run('transcribe', fixture('one-word.flac'), '--no-hybrid');
  expect(heard).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/yes/i) });
  const [models, doctor] = await Promise.all([run('models'), run('doctor')]);
  expect(models.stdout).toMatch(/^Draft: whisper-base \(hears ru, en, but is not here\)$/m);
  expect(doctor.stdout).toMatch(/^– languages +ru, en; .*\n +→ .*models pull whisper-/m);
});

test('a language that nothing here hears is told with the command that helps, and models can still be managed', async () => {
  expect(await run('languages', 'ru')).toMatchObject({ exitCode: 0 });
  const refused = await run('transcribe', fixture('one-word.flac'));
  expect(refused).toMatchObject({
    exitCode: 6,
    stdout: '',
    stderr: expect.stringMatching(/No model on this machine hears ru.*\[ERR_MODEL_MISSING\]\n.*models pull whisper-/),
  });
  expect(await run('models')).toMatchObject({ exitCode: 0 });
});

test.each([['keys'], ['plugins'], ['config', 'schema']])(
  '%s needs no model, whatever the language is',
  async (...words) => {
    expect(await run('languages', 'ru')).toMatchObject({ exitCode: 0 });
    expect(await run(...words)).toMatchObject({ exitCode: 0, stderr: '' });
  },
);

test.each(['xx', 'qq-Latn'])('the code %s stands for no language', async (code) => {
  expect(await run('languages', code)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`"${code}" is not a language`),
  });
});

test('they are taken away again, and what is no language is refused', async () => {
  expect(await run('languages', 'any')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No languages') });
  expect(readFileSync(file, 'utf8')).not.toContain('languages');
  expect(await run('languages', 'klingon!')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('"klingon!" is not a language'),
  });
});

test('two models are compared on a folder with transcripts', async () => {
  const clips = join(folder, 'clips');
  mkdirSync(clips);
  writeFileSync(join(clips, 'one.flac'), readFileSync(fixture('two-sentences.flac')));
  writeFileSync(join(clips, 'one.txt'), 'Please close the window. It is getting old in here.');
  const ids = ['moonshine-tiny-en', 'moonshine-tiny-en'];
  const compared = await run('models', 'compare', ...ids, clips, '--json');
  expect(compared.exitCode).toBe(0);
  const { models, clips: heard } = JSON.parse(compared.stdout) as {
    models: { errors: { words: number; of: number }; ms: number }[];
    clips: { texts: string[]; steps: { kind: string }[] }[];
  };
  expect(models[0]!.errors).toEqual(models[1]!.errors);
  expect(models[0]!.errors.of).toBe(10);
  expect(models[0]!.errors.words).toBeGreaterThan(0);
  expect(models.every(({ ms }) => ms > 0)).toBe(true);
  expect(heard[0]!.texts[0]).toBe(heard[0]!.texts[1]);
  expect(heard[0]!.steps.map(({ kind }) => kind)).toEqual(['same']);

  const text = await run('models', 'compare', ...ids, clips);
  expect(text.stdout).toMatch(/^1 +moonshine-tiny-en +\d+\.0 % +\d+ ms/m);
  const none = await run('models', 'compare', ...ids, join(folder, 'config'));
  expect(none).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('There are no audio files') });
});
