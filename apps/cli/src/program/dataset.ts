// What can be said on the command line about data to train a model with.

import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { GroupBy, ReadingLanguage } from '@voiceinput/dataset';
import { refuseWithoutDataset } from '../dataset/installed.ts';
import { examples, refuseUnknown, requestOf } from '../show/commands.ts';
import type { Run, Shared } from '../show/commands.ts';

/** Adds `voiceinput dataset` and what stands below it. */
export function addDatasetCommands(program: Command, version: string, run: Run): void {
  const dataset = program
    .command('dataset')
    .summary('make data to train a model of your own')
    .description(
      'Makes data to train a model of your own: FLAC and metadata.jsonl in the parts train, validation and test.',
    )
    .hook('preSubcommand', refuseUnknown)
    .hook('preAction', refuseWithoutDataset)
    .addHelpText(
      'after',
      examples(
        'dataset from-audiobook chapter-*.mp3 --text book.epub --language ru --out ~/my-data',
        'dataset from-history --out ~/my-data',
        'dataset from-folder ~/recordings --out ~/my-data --language ru',
      ),
    );
  addFromAudiobook(dataset, version, run);
  addFromHistory(dataset, run);
  addFromFolder(dataset, run);
}

type Common = Shared & { out: string; language?: string };

const withCommon = (command: Command): Command =>
  command
    .requiredOption('--out <folder>', 'where the data set is made, or goes on')
    .option('--language <code>', 'what is spoken, such as ru, where the data do not say so')
    .option('--json', 'print JSON');

function addFromFolder(dataset: Command, run: Run): void {
  withCommon(
    dataset
      .command('from-folder')
      .description(
        'from audio with texts: a.txt beside a.wav, a table (CSV, TSV, JSON lines), Common Voice, LibriSpeech, or a folder of Hugging Face’s datasets',
      )
      .argument('<folder>', 'where audio and texts are')
      .addOption(
        new Option('--group-by <what>', 'whose clips stay together where no speaker is named')
          .choices(['folder', 'file'] satisfies GroupBy[])
          .default('folder'),
      ),
  )
    .addHelpText(
      'after',
      examples(
        'dataset from-folder ~/cv-corpus/ru --out ~/russian',
        'dataset from-folder ~/lectures --group-by file --out ~/lecture-data --language en --json',
      ),
    )
    .action((folder: string, { out, language, json = false, groupBy }: Common & { groupBy: GroupBy }) =>
      run(async (signal) => {
        const { datasetFromFolder } = await import('../commands/dataset-from-folder.ts');
        return datasetFromFolder(folder, { out, language, json, groupBy }, signal);
      }),
    );
}

function addFromAudiobook(dataset: Command, version: string, run: Run): void {
  dataset
    .command('from-audiobook')
    .description(
      'from a reading and its book: hears it with your models, finds what was heard in the text, and cuts at pauses',
    )
    .argument('<audio...>', 'recordings of the reading, of any length')
    .requiredOption('--text <book>', 'the book: .txt, .epub or .fb2')
    .requiredOption('--out <folder>', 'where the data set is made, or goes on')
    .addOption(
      new Option('--language <code>', 'what is read')
        .choices(['ru', 'en'] satisfies ReadingLanguage[])
        .makeOptionMandatory(),
    )
    .option('--least-score <number>', 'how far what was heard has to be what is written, 0 to 1', share, 0.85)
    .option('--profile <name>', 'hear with this profile: with the best model that you have')
    .option('--config <file>', 'use this configuration file instead of your own')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('dataset from-audiobook part-1.mp3 part-2.mp3 --text book.fb2 --language ru --out ~/reader'),
    )
    .action(
      (
        audio: string[],
        options: Shared & { text: string; out: string; language: ReadingLanguage; leastScore: number },
      ) =>
        run(async (signal) => {
          const { datasetFromAudiobook } = await import('../commands/dataset-from-audiobook.ts');
          const { text, out, language, leastScore, json = false } = options;
          const given = { ...requestOf(options), text, out, language, leastScore, json, version };
          return datasetFromAudiobook(audio, given, signal);
        }),
    );
}

function addFromHistory(dataset: Command, run: Run): void {
  withCommon(
    dataset
      .command('from-history')
      .description('from dictations that you corrected, where their recordings were kept; nothing leaves this machine'),
  )
    .addHelpText(
      'after',
      examples('dataset from-history --out ~/my-voice', 'dataset from-history --out ~/my-voice --json'),
    )
    .action(({ out, language, json = false }: Common) =>
      run(async (signal) => {
        const { datasetFromHistory } = await import('../commands/dataset-from-history.ts');
        return datasetFromHistory({ out, language, json }, signal);
      }),
    );
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}
