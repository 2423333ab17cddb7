// A plugin of the tests whose models come from users' files: a text that begins with MADE, a word a line.

import { readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BringingPlugin } from '@voiceinput/models';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { ModelEntry, ModelImporter } from '@voiceinput/plugin-api';

const EXPECTS = 'a text that begins with MADE';

/** The text of a file, or of `words.txt` in a folder. Absent when there is none. */
async function textAt(path: string): Promise<string | undefined> {
  const file = (await stat(path)).isDirectory() ? join(path, 'words.txt') : path;
  return readFile(file, 'utf8').catch(() => undefined);
}

const importer: ModelImporter = {
  async recognise(path, signal) {
    signal.throwIfAborted();
    const text = await textAt(path);
    if (text?.startsWith('PICKLE'))
      throw new VoiceInputError(
        'ERR_MODEL_FORMAT',
        `${path} is a pickle, which is never run; expected was ${EXPECTS}.`,
      );
    return text?.startsWith('MADE') ? { title: 'Made words', name: 'made-words' } : undefined;
  },
  async import({ path, name, folder, report }, signal) {
    const words = (await textAt(path))!.split('\n').slice(1);
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'derived'), 'kept, and not checked');
    for (const [index, word] of words.entries()) {
      signal.throwIfAborted();
      if (word === 'BROKEN') throw new VoiceInputError('ERR_MODEL_FORMAT', `${path} has a broken word.`);
      if (word === 'CRASH') throw new TypeError('word is not a function');
      report(index / words.length);
    }
    await writeFile(join(folder, 'deep', 'words.json'), JSON.stringify(words));
    await writeFile(join(folder, 'name'), name);
    report(1);
    return {
      title: `Made words (${words.length})`,
      languages: ['en'],
      memoryBytes: 1_000,
      license: 'MIT',
      files: { words: 'deep/words.json', name: 'name' },
    };
  },
  async export({ model, folder, report }, signal) {
    signal.throwIfAborted();
    const words = JSON.parse(await readFile(model.files['words']!, 'utf8')) as string[];
    const path = join(folder, 'words.txt');
    await writeFile(path, ['MADE', ...words].join('\n'));
    report(1);
    return [path];
  },
};

/** The plugin, of this version; `models` go through its importer. */
export const importing = (version = 1, models: readonly ModelEntry[] = []): BringingPlugin => ({
  plugin: {
    id: 'runner-words',
    kind: 'runner',
    models,
    importer: { expects: EXPECTS, version, open: async () => importer },
  },
});
