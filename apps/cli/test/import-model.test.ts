// Whether a model out of a user's own file can be dictated with.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { voiceinput } from './voiceinput/run.ts';
import { fixture, NO_NETWORK, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const api = JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'));

/** A runner that says what its model holds, in Polish in other words. */
const plugin = `
  import { copyFile, readFile } from 'node:fs/promises';
  import { join } from 'node:path';
  import { definePlugin } from ${api};
  export default definePlugin({
    id: 'runner-parrot', kind: 'runner', api: 1, title: 'Says one thing',
    capabilities: { languages: ['en', 'pl'], maxClipMs: 60000, proposals: false },
    config: { type: 'object', properties: { model: { type: 'string' } } },
    importer: {
      expects: 'a text that begins with "Polly"', version: 1,
      open: async () => ({
        recognise: async (path) =>
          (await readFile(path, 'utf8')).startsWith('Polly') ? { title: 'Parrot', name: 'parrot' } : undefined,
        async import({ path, folder, report }) {
          await copyFile(path, join(folder, 'words.txt'));
          report(1);
          return { title: 'Parrot', languages: ['en'], files: { words: 'words.txt' } };
        },
        async export({ model, folder }) {
          await copyFile(model.files.words, join(folder, 'words.txt'));
          return [join(folder, 'words.txt')];
        },
      }),
    },
    async create({ model }, context, signal) {
      const { files } = await context.models.locate(model, signal);
      const text = await readFile(files.words, 'utf8');
      return { model, run: async (clip, { language }) => ({ text: language === 'pl' ? 'Papuga chce krakersa.' : text }), close: async () => {} };
    },
  });`;

test('it is imported, named in a profile, heard with, compared, exported, and refused when it is none', async () => {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write('parrot.mjs', plugin);
  const fast = { use: 'runner-parrot', options: { model: 'polly' } };
  const config = write(
    'config.json',
    JSON.stringify({ plugins: ['./parrot.mjs'], profiles: { default: { hybrid: false, fast } } }),
  );
  const env = { ...NO_NETWORK };
  const run = (...args: string[]) => voiceinput([...args, '--config', config], { folder, env });
  try {
    const imported = await run('models', 'import', write('polly.txt', 'Polly wants a cracker.'), '--name', 'polly');
    expect(imported).toMatchObject({ exitCode: 0, stdout: 'Parrot was imported as polly.\n' });
    expect(imported.stderr).toContain('"fast": { "use": "runner-parrot", "options": { "model": "polly" } }');

    const heard = await run('transcribe', fixture('one-word.flac'));
    expect(heard).toMatchObject({ exitCode: 0, stdout: 'Polly wants a cracker.\n' });
    const doctor = await run('doctor');
    expect(doctor.stdout).toMatch(/^✓ models .*polly/m);

    // A part of a data set says in which language each clip was spoken.
    const part = join(folder, 'part');
    mkdirSync(part);
    const clips = ['en', 'pl'].map((language) => ({ file_name: `${language}.flac`, text: 'Papuga', language }));
    for (const { file_name } of clips) copyFileSync(fixture('one-word.flac'), join(part, file_name));
    write('part/metadata.jsonl', clips.map((clip) => `${JSON.stringify(clip)}\n`).join(''));
    const compared = await run('models', 'compare', 'polly', 'polly', part, '--json');
    expect(JSON.parse(compared.stdout)).toMatchObject({
      clips: [
        { name: 'en.flac', texts: ['Polly wants a cracker.', 'Polly wants a cracker.'] },
        { name: 'pl.flac', texts: ['Papuga chce krakersa.', 'Papuga chce krakersa.'] },
      ],
    });

    const exported = await run('models', 'export', 'polly', join(folder, 'out'));
    expect(exported).toMatchObject({ exitCode: 0, stdout: `${join(folder, 'out', 'words.txt')}\n` });
    expect(readFileSync(join(folder, 'out', 'words.txt'), 'utf8')).toBe('Polly wants a cracker.');

    const refused = await run('models', 'import', write('other.txt', 'A cracker.'));
    expect(refused).toMatchObject({ exitCode: 6, stdout: '' });
    expect(refused.stderr).toContain('a text that begins with "Polly"');
  } finally {
    const removed = await run('models', 'remove', 'polly');
    expect(removed).toMatchObject({ exitCode: 0 });
  }
  const { stderr } = await run('transcribe', fixture('one-word.flac'));
  expect(stderr).toContain('[ERR_MODEL_UNKNOWN]');
  expect(existsSync(join(folder, 'polly.txt'))).toBe(true);
});
