// What `voiceinput dataset from-audiobook` does: hears the reading, finds it in the book, cuts it into pairs.

import { join, resolve } from 'node:path';
import {
  bookText,
  chapterAt,
  HeldTexts,
  openDatasetFolder,
  pairsOf,
  partsOf,
  readBook,
  USUAL_RULES,
} from '@voiceinput/dataset';
import type { AlignedPair, BookText, DatasetFolder, DatasetPart, ReadingLanguage } from '@voiceinput/dataset';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { clipsOf } from '../dataset/cutting.ts';
import { heardWords } from '../dataset/heard.ts';
import { openSampleReader } from '../dataset/samples.ts';
import { summaryText, Tally } from '../dataset/tally.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { inLocale } from '../messages/in-locale.ts';
import { createReporter } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { withReader } from './reader.ts';

export interface AudiobookOptions extends SettingsRequest {
  readonly text: string;
  readonly out: string;
  readonly language: ReadingLanguage;
  readonly leastScore: number;
  readonly json: boolean;
  readonly version: string;
}

interface ReadFile {
  readonly path: string;
  /** Words that were heard. */
  readonly words: number;
  readonly pairs: readonly GroupedPair[];
}

interface GroupedPair extends AlignedPair {
  readonly group: string;
  readonly text: string;
  readonly heardWords: number;
}

/** Rejects with `ERR_FILE_NOT_FOUND`, `ERR_DATASET`, `ERR_STORAGE` and what hearing gives; a broken recording is named and left out. */
export async function datasetFromAudiobook(
  audio: readonly string[],
  options: AudiobookOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json: options.json });
  const out = resolve(options.out);
  const book = bookText(await readBook(resolve(options.text)));
  const folder = await openDatasetFolder(out);
  const tally = new Tally();
  try {
    const files = await hearAll(audio, { book, options, reporter, tally }, signal);
    await writeAll(byChapterOrFile(files), { folder, tally, reporter, language: options.language }, signal);
    const summary = tally.summary(out, folder);
    const words = { heard: sum(files, (file) => file.words), inPairs: sum(files, inPairs) };
    const told = `${words.inPairs} of ${words.heard} heard words are in pairs; the others were not found in the book, or not surely.`;
    print(options.json, { ...summary, words }, `${summaryText(summary)}\n${told}`);
    return 0;
  } finally {
    reporter.progress('');
    await folder.close();
  }
}

const sum = (files: readonly ReadFile[], of: (file: ReadFile) => number): number =>
  files.reduce((total, file) => total + of(file), 0);

const inPairs = ({ pairs }: ReadFile): number => pairs.reduce((total, pair) => total + pair.heardWords, 0);

interface Hearing {
  readonly book: BookText;
  readonly options: AudiobookOptions;
  readonly reporter: Reporter;
  readonly tally: Tally;
}

async function hearAll(
  audio: readonly string[],
  { book, options, reporter, tally }: Hearing,
  signal: AbortSignal,
): Promise<ReadFile[]> {
  const settings = await settle(options, signal);
  const folder = join(resolve(options.out), 'heard');
  const rules = { ...USUAL_RULES, leastScore: options.leastScore, language: options.language };
  const files: ReadFile[] = [];
  const hearing = async (reader: Parameters<Parameters<typeof withReader>[1]>[0]): Promise<void> => {
    for (const [index, name] of audio.entries()) {
      reporter.progress(inLocale`Hearing ${index + 1} of ${audio.length}  ${name}`);
      try {
        const heard = await heardWords(resolve(name), { folder, reader, samples: openSampleReader(reporter) }, signal);
        const pairs = pairsOf(heard, book.words, rules).map((pair) => grouped(pair, book));
        files.push({ path: resolve(name), words: heard.length, pairs });
      } catch (error) {
        if (signal.aborted || !isVoiceInputError(error) || !/^ERR_(?:AUDIO|FILE)_/.test(error.code)) throw error;
        reporter.warning({ ...error.toJSON(), hint: 'It is left out.' }, name);
        tally.leaveOut('broken');
      }
    }
  };
  await withReader({ settings, reporter, version: options.version, files: audio }, hearing, signal);
  if (files.some(({ pairs }) => pairs.length > 0)) return files;
  throw new VoiceInputError('ERR_DATASET', `Nothing of ${options.text} was found in what was heard.`, {
    hint: 'Check that it is the book that is read, in the same edition, and that --language is the one that is spoken.',
  });
}

function grouped(pair: AlignedPair, book: BookText): GroupedPair {
  const text = book.words.slice(pair.bookFrom, pair.bookTo).join(' ');
  return { ...pair, text, group: chapterAt(book, pair.bookFrom), heardWords: pair.heard.split(' ').length };
}

const LEAST_CHAPTERS = 3;

/** Where the book has too few chapters, each recording is one. */
function byChapterOrFile(files: readonly ReadFile[]): readonly ReadFile[] {
  const chapters = new Set(files.flatMap(({ pairs }) => pairs.map(({ group }) => group)));
  if (chapters.size >= LEAST_CHAPTERS) return files;
  return files.map((file) => ({ ...file, pairs: file.pairs.map((pair) => ({ ...pair, group: file.path })) }));
}

interface Writing {
  readonly folder: DatasetFolder;
  readonly tally: Tally;
  readonly reporter: Reporter;
  readonly language: string;
}

async function writeAll(files: readonly ReadFile[], writing: Writing, signal: AbortSignal): Promise<void> {
  const weights = new Map<string, number>();
  for (const { group, begins, ends } of files.flatMap(({ pairs }) => pairs))
    weights.set(group, (weights.get(group) ?? 0) + ends.from - begins.to);
  const parts = partsOf(weights, writing.folder.groups);
  const held = new HeldTexts();
  for (const { text, group } of files.flatMap(({ pairs }) => pairs)) held.add(text, parts.get(group)!);
  for (const file of files) await writeFile(file, { ...writing, parts, held }, signal);
}

async function writeFile(
  { path, pairs }: ReadFile,
  {
    folder,
    tally,
    reporter,
    language,
    parts,
    held,
  }: Writing & { readonly parts: ReadonlyMap<string, DatasetPart>; readonly held: HeldTexts },
  signal: AbortSignal,
): Promise<void> {
  const wanted = pairs.map((pair) => ({ ...pair, name: `${path}#${pair.begins.to}`, part: parts.get(pair.group)! }));
  const there = wanted.filter(({ name }) => folder.has(name));
  const leaking = wanted.filter(({ text, part }) => held.leaks(text, part));
  tally.there += there.length;
  tally.leaveOut('held-out', leaking.length);
  const left = wanted.filter((pair) => !there.includes(pair) && !leaking.includes(pair));
  if (left.length === 0) return;
  let done = 0;
  for await (const { pair, samples } of clipsOf(openSampleReader(reporter).pieces({ path }, signal), left)) {
    const { name, text, group, score, part } = pair;
    await folder.add({ name, text, group, language, score: Math.round(score * 1000) / 1000 }, part, samples);
    tally.added++;
    reporter.progress(inLocale`Writing ${++done} of ${left.length}  ${path}`);
    signal.throwIfAborted();
  }
}
