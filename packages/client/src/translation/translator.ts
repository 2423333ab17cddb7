// English sentences in another language: each is known by its English, with `{}` where a value stands.

/** What stands for a sentence: text with `{}` for the values in turn, or `{1}`, `{2}` where their order is another; a function where a number decides the words. */
type Translated = string | ((...values: readonly string[]) => string);

/** By English sentence, or part of one. */
export type Translations = Readonly<Record<string, Translated>>;

export interface Translator {
  /** A sentence by its English with `{}`, and its values, which stay as they are. Absent when there is none of it. */
  fill(english: string, values: readonly string[]): string | undefined;
  /** A finished English sentence; what stands for its values is translated too. Absent when there is none of it. */
  translate(sentence: string): string | undefined;
}

interface Pattern {
  readonly form: RegExp;
  readonly english: string;
}

/** Parts of a sentence are sentences of the table again, and parts of these, but not without end. */
const MOST_LEVELS = 4;

/** What only joins other words, such as `{} or {}`. */
const JOINS = /^\{\} \p{L}{1,3} \{\}$/u;
/** What is quoted, or one word or number. */
const isOneValue = (value: string): boolean => /^(?:"[^"]*"|[^\s"]+)$/.test(value);

/** Puts sentences into the language of `table`, with its sign in decimal numbers; the patterns are made when the first sentence is looked for. */
export function createTranslator(table: Translations, decimalSign = '.'): Translator {
  const filled = (translated: Translated, values: readonly string[]): string =>
    fillIn(
      translated,
      values.map((value) => value.replace(/^(\d+)\.(\d+)$/, `$1${decimalSign}$2`)),
    );

  let patterns: readonly Pattern[] | undefined;

  function translate(sentence: string, level: number): string | undefined {
    if (Object.hasOwn(table, sentence)) return filled(table[sentence]!, []);
    patterns ??= patternsOf(Object.keys(table));
    for (const { form, english } of patterns) {
      const match = form.exec(sentence);
      if (match === null) continue;
      const found = match.slice(1).map((value) => (level < MOST_LEVELS ? translate(value, level + 1) : undefined));
      // A lone "or" is in what other programs say, too.
      if (JOINS.test(english) && match.slice(1).some((value, at) => found[at] === undefined && !isOneValue(value)))
        continue;
      const values = match.slice(1).map((value, at) => found[at] ?? value);
      return filled(table[english]!, values);
    }
    return undefined;
  }

  return {
    fill: (english, values) => (Object.hasOwn(table, english) ? filled(table[english]!, values) : undefined),
    translate: (sentence) => (sentence === '' ? undefined : translate(sentence, 0)),
  };
}

function fillIn(translated: Translated, values: readonly string[]): string {
  const own = values.map((value) => value.replace(/^"([^"]*)"$/, '«$1»'));
  if (typeof translated === 'function') return translated(...own);
  let next = 0;
  return translated.replaceAll(
    /\{(\d*)\}/g,
    (_, place: string) => own[place === '' ? next++ : Number(place) - 1] ?? '',
  );
}

/** Those with most words of their own first: they know more of what they stand for. */
function patternsOf(sentences: readonly string[]): Pattern[] {
  return sentences
    .filter((english) => english.includes('{}'))
    .toSorted((one, other) => ownLength(other) - ownLength(one))
    .map((english) => ({
      english,
      form: new RegExp(`^${english.split('{}').map(literally).join('([^]*?)')}$`),
    }));
}

const ownLength = (english: string): number => english.replaceAll('{}', '').length;

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
