// What `voiceinput history export` writes: entries as JSON, texts to read, recordings to hear.

import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client, HistoryEntry } from '@voiceinput/client';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { writeWave } from '../history/wave.ts';
import { print } from '../show/table.ts';
import { reachDaemon, withDaemon } from './daemon.ts';
import { entriesOf } from './history.ts';
import { inLocale } from '../messages/in-locale.ts';

export const EXPORTS = ['json', 'text', 'audio'] as const;
export type ExportKind = (typeof EXPORTS)[number];

export interface ExportOptions {
  readonly json: boolean;
  /** Absent: all. */
  readonly only: ExportKind | undefined;
  readonly query: string | undefined;
  readonly corrected: boolean;
}

/** Rejects with `ERR_STORAGE` when it cannot be written; no file that is there is written over. */
export function exportHistory(folder: string, options: ExportOptions, signal: AbortSignal): Promise<number> {
  const { json, only, query, corrected } = options;
  const into = resolve(folder);
  return withDaemon(reachDaemon(signal), async (client) => {
    const entries = await entriesOf(client, { limit: Infinity, query, corrected });
    const wanted = only === undefined ? EXPORTS : [only];
    const files: string[] = [];
    try {
      await makeFolder(into, 0o700);
      for (const kind of wanted) files.push(...(await writers[kind](into, entries, client)));
    } catch (error) {
      throw refused(into, error as NodeJS.ErrnoException);
    }
    const count = entries.length === 1 ? inLocale`1 dictation` : inLocale`${entries.length} dictations`;
    print(
      json,
      { folder: into, dictations: entries.length, files },
      inLocale`Exported ${count}: ${files.length} files in ${into}`,
    );
    return 0;
  });
}

type Writer = (folder: string, entries: readonly HistoryEntry[], client: Client) => Promise<readonly string[]>;

const writers: Readonly<Record<ExportKind, Writer>> = {
  json: (folder, entries) => written(join(folder, 'history.json'), `${JSON.stringify(entries, null, 2)}\n`),
  text: (folder, entries) =>
    written(join(folder, 'history.txt'), entries.toReversed().flatMap(paragraphOf).join('\n\n') + '\n'),
  async audio(folder, entries, client) {
    const files: string[] = [];
    for (const { id } of entries.filter(({ hasAudio }) => hasAudio)) {
      const file = join(folder, `${id}.wav`);
      const { path } = await client.call('history/recording', { id });
      await writeWave(path, file);
      files.push(file);
    }
    return files;
  },
};

async function written(file: string, text: string): Promise<readonly string[]> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return [file];
}

/** The best that is known of it. */
function paragraphOf({ startedAt, text = '', correction }: HistoryEntry): readonly string[] {
  const words = correction ?? text;
  return words === '' ? [] : [`${new Date(startedAt).toLocaleString()}\n${words}`];
}

function refused(folder: string, error: NodeJS.ErrnoException): Error {
  // What the daemon says has words of its own.
  if (error instanceof VoiceInputError) return error;
  const hint =
    error.code === 'EEXIST' ? 'Name a new folder: nothing is written over.' : 'Name a folder that you may write to.';
  return new VoiceInputError('ERR_STORAGE', `The history cannot be exported to ${folder}: ${error.message}`, {
    hint,
    cause: error,
  });
}
