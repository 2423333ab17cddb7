// Tables that name audio and say what is said in it: CSV in any of its forms, JSON lines.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { parse } from 'csv-parse';

export type TableRow = Readonly<Record<string, unknown>>;

const AUDIO_COLUMNS = ['file_name', 'path', 'audio', 'file', 'filename', 'audio_path', 'wav'];
const TEXT_COLUMNS = ['text', 'sentence', 'transcription', 'transcript', 'normalized_text'];
const SPEAKER_COLUMNS = ['group', 'client_id', 'speaker', 'speaker_id', 'reader', 'reader_id', 'chapter'];
const LANGUAGE_COLUMNS = ['language', 'lang', 'locale'];
const HEAD_BYTES = 64 * 1024;

/** What a row says; absent what it has no column for. */
export interface RowClip {
  readonly audio: string;
  readonly text: string;
  readonly speaker?: string;
  readonly language?: string;
}

/** The rows of a table, one after the other. Rejects with `ERR_DATASET` where it is damaged or lacks a column. */
export async function* rowsOf(path: string): AsyncGenerator<RowClip> {
  let index = 0;
  for await (const row of extname(path) === '.jsonl' ? linesOf(path) : recordsOf(path)) {
    index++;
    const audio = cell(row, AUDIO_COLUMNS);
    const text = cell(row, TEXT_COLUMNS);
    if (audio === undefined || text === undefined) throw lacksColumn(path, row, index);
    const speaker = cell(row, SPEAKER_COLUMNS);
    const language = cell(row, LANGUAGE_COLUMNS);
    yield { audio, text, ...(speaker && { speaker }), ...(language && { language }) };
  }
}

/** Where the audio that a table names may be: as it is written, beside the table, or in a folder `clips` or `wavs` there. */
export function placesOf(table: string, audio: string): string[] {
  const folder = dirname(table);
  const named = extname(audio) === '' ? [audio, `${audio}.mp3`, `${audio}.wav`, `${audio}.flac`] : [audio];
  return named.flatMap((name) => [
    resolve(folder, name),
    resolve(folder, 'clips', name),
    resolve(folder, 'wavs', name),
    resolve(folder, 'audio', name),
  ]);
}

async function* linesOf(path: string): AsyncGenerator<TableRow> {
  let index = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    index++;
    if (line.trim() === '') continue;
    try {
      yield JSON.parse(line) as TableRow;
    } catch (error) {
      throw damaged(path, `line ${index} is no JSON`, error);
    }
  }
}

async function* recordsOf(path: string): AsyncGenerator<TableRow> {
  const isTabbed = extname(path) === '.tsv';
  const parser = createReadStream(path).pipe(
    parse({
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      bom: true,
      delimiter: isTabbed ? '\t' : await delimiterOf(path),
      // Common Voice writes quotes as they are spoken.
      quote: isTabbed ? null : '"',
      relax_column_count: true,
      skip_empty_lines: true,
    }),
  );
  try {
    for await (const record of parser) yield record as TableRow;
  } catch (error) {
    throw damaged(path, (error as Error).message, error);
  }
}

/** The sign that is most often in the heading. */
async function delimiterOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const heading = buffer.subarray(0, bytesRead).toString('utf8').split('\n')[0]!;
    const count = (sign: string): number => heading.split(sign).length;
    return [',', ';', '\t', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  } finally {
    await file.close();
  }
}

function cell(row: TableRow, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row[name];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

function lacksColumn(path: string, row: TableRow, index: number): VoiceInputError {
  return new VoiceInputError(
    'ERR_DATASET',
    `${path}, row ${index} has the columns ${Object.keys(row).join(', ')}; expected one for the audio (${AUDIO_COLUMNS.join(', ')}) and one for the text (${TEXT_COLUMNS.join(', ')}).`,
    { hint: `Name the columns in the first row of ${basename(path)}.` },
  );
}

const damaged = (path: string, what: string, cause: unknown): VoiceInputError =>
  new VoiceInputError('ERR_DATASET', `${path} cannot be read: ${what}`, { cause });
