// What was heard in a long recording, kept so that nothing is heard twice.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keepBeside, Loudness, withPauses } from '@voiceinput/dataset';
import type { HeardWord } from '@voiceinput/dataset';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Reader } from '../commands/reader.ts';
import { NOWHERE } from '../built-in/sink-nowhere.ts';
import type { SampleReader } from './samples.ts';

/** A word as it is kept: text, first sample, the one behind the last. */
type KeptWord = readonly [text: string, startSample: number, endSample: number];

/**
 * The words of a recording with their places, from `folder` where it was heard before. Rejects with what hearing gives,
 * and with `ERR_DATASET` when the model does not know where words are.
 */
export async function heardWords(
  path: string,
  { folder, reader, samples }: { readonly folder: string; readonly reader: Reader; readonly samples: SampleReader },
  signal: AbortSignal,
): Promise<HeardWord[]> {
  const name = `${await nameOf(path)}.json`;
  const kept = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  if (kept !== undefined) return (JSON.parse(kept) as KeptWord[]).map(fromKept);
  const source = { use: 'source-file', options: { path, realtime: false, raw: false } };
  const { segments, error } = await reader.dictate({ label: path, source, sink: NOWHERE }, signal);
  signal.throwIfAborted();
  if (error !== undefined) throw error;
  if (segments.some(({ text, words }) => text !== '' && words === undefined)) throw timeless();
  const loudness = new Loudness();
  for await (const piece of samples.pieces({ path }, signal)) loudness.push(piece);
  const words = withPauses(
    segments.flatMap(({ words: inSegment = [] }) => inSegment),
    loudness.levels,
  );
  const text = JSON.stringify(words.map((word): KeptWord => [word.text, word.startSample, word.endSample]));
  await keepBeside(folder, name, text);
  return words;
}

const fromKept = ([text, startSample, endSample]: KeptWord): HeardWord => ({ text, startSample, endSample });

/** Another file, or one that changed, is heard anew. */
async function nameOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path).catch((cause: unknown) => {
    throw new VoiceInputError('ERR_FILE_NOT_FOUND', `File not found: ${path}`, { cause });
  });
  return createHash('sha256').update(`${path}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 20);
}

const timeless = (): VoiceInputError =>
  new VoiceInputError('ERR_DATASET', 'The model of this profile does not know when each word was said.', {
    hint: 'Use a Whisper: voiceinput models pull whisper-base, and name a profile with it by --profile.',
  });
