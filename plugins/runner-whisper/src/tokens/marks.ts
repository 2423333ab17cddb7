// Whisper's marks: what they are called, and where they are when nothing says it.

import type { Marks } from '../description/description.ts';

/** The languages of Whisper in the order of their marks; Cantonese came with large-v3. */
export const LANGUAGES: readonly string[] = (
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy ' +
  'sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo ' +
  'uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'
).split(' ');

/** Vocabularies below this size are the English one. */
const LEAST_MULTILINGUAL = 51_865;
const ENGLISH_TEXTS = 50_256;
const MULTILINGUAL_TEXTS = 50_257;
/** Marks beside languages and timestamps. */
const OTHER_MARKS = 8;
/** From 0 to 30 s, every 20 ms. */
const TIMESTAMPS = 1501;

/**
 * The marks of OpenAI's vocabularies, in the order of https://github.com/openai/whisper/blob/main/whisper/tokenizer.py.
 * How many languages there are follows from the size.
 */
export function standardMarks(vocabularySize: number): Map<string, number> {
  const texts = vocabularySize >= LEAST_MULTILINGUAL ? MULTILINGUAL_TEXTS : ENGLISH_TEXTS;
  const languages = LANGUAGES.slice(0, Math.max(0, vocabularySize - texts - OTHER_MARKS - TIMESTAMPS));
  const names = [
    'endoftext',
    'startoftranscript',
    ...languages,
    'translate',
    'transcribe',
    'startoflm',
    'startofprev',
    'nospeech',
    'notimestamps',
    ...Array.from({ length: TIMESTAMPS }, (_, index) => (index * 0.02).toFixed(2)),
  ];
  return new Map(names.map((name, index) => [`<|${name}|>`, texts + index]));
}

/** The ids of the marks, or the name of one that is not there. */
export function marksOf(marks: ReadonlyMap<string, number>): Marks | { missing: string } {
  let missing: string | undefined;
  const id = (...names: string[]): number => {
    const found = names.map((name) => marks.get(`<|${name}|>`)).find((value) => value !== undefined);
    if (found === undefined) missing ??= `<|${names[0]}|>`;
    return found ?? -1;
  };
  const noTimestamps = id('notimestamps');
  const found: Marks = {
    start: id('startoftranscript'),
    end: id('endoftext'),
    transcribe: id('transcribe'),
    translate: id('translate'),
    startOfPrevious: id('startofprev'),
    startOfLm: id('startoflm'),
    // The name was changed after the first release.
    noSpeech: id('nospeech', 'nocaptions'),
    noTimestamps,
    // Older tokenisers leave timestamps out; they follow this mark in all of them.
    firstTimestamp: marks.get('<|0.00|>') ?? noTimestamps + 1,
  };
  return missing === undefined ? found : { missing };
}

/** Whisper's own code for Javanese is none of BCP 47. */
const bcp47 = (language: string): string => (language === 'jw' ? 'jv' : language);

/** Languages that have a mark, by BCP 47, with its id. */
export function languagesOf(marks: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const id = marks.get(`<|${language}|>`);
      return id === undefined ? [] : [[bcp47(language), id]];
    }),
  );
}
