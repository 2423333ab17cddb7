// Which layout a folder has, and the clips that it holds.

import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { filesBelow, isAudioName } from './files.ts';
import type { FoundFile } from './files.ts';
import { Collecting } from './listing.ts';
import type { FolderLayout, FolderListing } from './listing.ts';
import { placesOf, rowsOf } from './table.ts';

/** Who speaks where nothing says so: whoever reads what is in one folder, or somebody new in each file. */
export type GroupBy = 'folder' | 'file';

type Files = ReadonlyMap<string, FoundFile>;
interface Found {
  readonly files: Files;
  readonly by: GroupBy;
  readonly into: Collecting;
}

const TRANSCRIPTS = '.trans.txt';
/** Common Voice’s own tables; `validated` holds all of the others that people agreed on. */
const COMMON_VOICE = ['validated.tsv', 'train.tsv', 'dev.tsv', 'test.tsv'];

/** The clips of a folder. Rejects with `ERR_FILE_NOT_FOUND`, and `ERR_DATASET` when it holds nothing of use. */
export async function listFolder(folder: string, by: GroupBy): Promise<FolderListing> {
  const found = await filesBelow(folder);
  const files = new Map(found.map((file) => [file.path, file]));
  const into = new Collecting();
  const layout = await listInto({ files, by, into });
  const { clips, leftOut } = into.listing;
  if (clips.length > 0) return { layout, clips, leftOut };
  throw new VoiceInputError('ERR_DATASET', `There is no audio with a text in ${folder}.`, {
    hint: 'Put what is said in a.wav into a.txt beside it, or name audio and texts in a table metadata.csv there.',
  });
}

async function listInto(found: Found): Promise<FolderLayout> {
  const all = [...found.files.values()];
  const named = (...names: readonly string[]): FoundFile[] => all.filter(({ path }) => names.includes(basename(path)));
  const metadata = named('metadata.jsonl', 'metadata.csv');
  if (metadata.length > 0) {
    await readTables(metadata, found);
    return 'hugging-face';
  }
  const commonVoice = COMMON_VOICE.map((name) => named(name)).filter((tables) => tables.length > 0);
  if (commonVoice.length > 0) {
    const [first] = commonVoice;
    const isWhole = basename(first![0]!.path) === COMMON_VOICE[0];
    await readTables(isWhole ? first! : commonVoice.flat(), found);
    return 'common-voice';
  }
  const transcripts = all.filter(({ path }) => path.endsWith(TRANSCRIPTS));
  if (transcripts.length > 0) {
    await readTranscripts(transcripts, found);
    return 'librispeech';
  }
  const tables = all.filter(({ path }) => ['.csv', '.tsv', '.jsonl'].includes(extname(path)));
  if (tables.length > 0) {
    await readTables(tables, found);
    return 'table';
  }
  await readBeside(found);
  return 'text-beside';
}

async function readTables(tables: readonly FoundFile[], { files, by, into }: Found): Promise<void> {
  for (const table of tables) {
    for await (const { audio, text, speaker, language } of rowsOf(table.path)) {
      const file = placesOf(table.path, audio)
        .map((path) => files.get(path))
        .find((place) => place !== undefined);
      if (file === undefined) into.leaveOut('no-audio', audio);
      else into.add({ ...file, text, group: speaker ?? groupOf(file, by), ...(language && { language }) });
    }
  }
}

/** LibriSpeech: speaker, chapter and number in each name, and a file with the texts of a chapter. */
async function readTranscripts(transcripts: readonly FoundFile[], { files, into }: Found): Promise<void> {
  for (const { path } of transcripts) {
    for (const line of (await readFile(path, 'utf8')).split('\n')) {
      const [, id, text] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      if (id === undefined || text === undefined) continue;
      const file = ['.flac', '.wav', '.mp3', '.opus']
        .map((end) => files.get(join(dirname(path), id + end)))
        .find(Boolean);
      if (file === undefined) into.leaveOut('no-audio', id);
      else into.add({ ...file, text, group: id.split('-')[0]!, language: 'en' });
    }
  }
}

async function readBeside({ files, by, into }: Found): Promise<void> {
  for (const file of files.values()) {
    if (!isAudioName(file.name)) continue;
    const beside = files.get(`${file.path.slice(0, -extname(file.path).length)}.txt`);
    if (beside === undefined) into.leaveOut('no-text', file.name);
    else into.add({ ...file, text: await readFile(beside.path, 'utf8'), group: groupOf(file, by) });
  }
}

const groupOf = ({ name }: FoundFile, by: GroupBy): string => (by === 'file' ? name : dirname(name));
