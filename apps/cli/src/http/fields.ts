// What each field of a form means: those that OpenAI documents, and those that its clients send besides.

import { languageNamed } from '../settings/spoken.ts';
import { invalid } from './form.ts';

export const responseFormats = ['json', 'text', 'srt', 'verbose_json', 'vtt'] as const;
export type ResponseFormat = (typeof responseFormats)[number];
export const granularities = ['segment', 'word'] as const;
export type Granularity = (typeof granularities)[number];

/** What the fields of a form ask for. */
export interface Wanted {
  /** Absent: the one in force. */
  model?: string;
  /** BCP 47. Absent: whatever the model hears. */
  language?: string;
  /** Likely ones. */
  words: readonly string[];
  format: ResponseFormat;
  stream: boolean;
  /** What has times in `verbose_json`. Empty: segments. */
  granularities: ReadonlySet<Granularity>;
}

/** Changes what is wanted. Gives what is told about a value that changes nothing, in words that follow the field's name. */
type Read = (value: string, wanted: Wanted) => string | undefined | void;

/** What programs send for a language that nobody chose. */
const ANY_LANGUAGE = /^(?:any|auto|automatic|autodetect|detect|multi|none|null|undefined)$/i;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;

/** By name, without brackets. https://platform.openai.com/docs/api-reference/audio/createTranscription */
const fields = {
  model: (value, wanted) => void (wanted.model = value),
  language(value, wanted) {
    if (ANY_LANGUAGE.test(value)) return;
    const language = languageNamed(value);
    if (language === undefined)
      throw invalid(`Invalid value: '${value}'. Expected a language such as 'en' or 'English'.`, 'language');
    wanted.language = language;
  },
  prompt: addWords,
  keywords: addWords,
  response_format(value, wanted) {
    wanted.format = oneOf(responseFormats, value, 'response_format');
  },
  stream(value, wanted) {
    wanted.stream = oneOf(['true', 'false', '1', '0'], value.toLowerCase(), 'stream').replace('1', 'true') === 'true';
  },
  timestamp_granularities(value, wanted) {
    const granularity = oneOf(granularities, value, 'timestamp_granularities[]');
    wanted.granularities = new Set([...wanted.granularities, granularity]);
  },
  temperature(value) {
    const temperature = Number(value);
    if (!(temperature >= 0 && temperature <= 1))
      throw invalid(`Invalid value: '${value}'. Expected a number from 0 to 1.`, 'temperature');
    return temperature === 0 ? undefined : 'has no effect: the most likely words are taken, as with 0';
  },
  chunking_strategy: (value) =>
    value === 'auto' ? undefined : "has no effect: audio is cut at pauses, as with 'auto'",
  include: () => 'has no effect: log probabilities of tokens are not told',
  known_speaker_names: speakers,
  known_speaker_references: speakers,
} satisfies Readonly<Record<string, Read>>;

/** What a form may have, as OpenAI writes it, without brackets. */
export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as readonly FieldName[];

/**
 * Reads a field into `wanted`. An empty one is as none. Gives what is to be told about one that has no effect, known or not.
 * Throws a refusal with status 400 for a value that a known field cannot have.
 */
export function readField({ name, value }: { readonly name: string; readonly value: string }, wanted: Wanted) {
  if (value.trim() === '') return undefined;
  const plain = name.replace(/\[[^\]]*\]$/, '');
  const read: Read | undefined = Object.hasOwn(fields, plain) ? fields[plain as FieldName] : undefined;
  const told = read === undefined ? 'is not known here and has no effect' : read(value.trim(), wanted);
  return typeof told === 'string' ? `The field '${name}' ${told}.` : undefined;
}

function speakers(): string {
  return 'has no effect: speakers are not told apart';
}

function addWords(value: string, wanted: Wanted): void {
  wanted.words = [...new Set([...wanted.words, ...(value.match(WORD) ?? [])])];
}

function oneOf<T extends string>(known: readonly T[], value: string, param: string): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  const supported = known.map((one) => `'${one}'`).join(', ');
  throw invalid(`Invalid value: '${value}'. Supported values are: ${supported}.`, param);
}
