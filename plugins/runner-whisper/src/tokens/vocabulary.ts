// The vocabulary of a model, whatever file it comes in.

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unusable } from '../weights/binary-file.ts';
import { lettersOf } from './byte-alphabet.ts';
import { mergesOf } from './merges.ts';
import { standardMarks } from './marks.ts';

export interface Vocabulary {
  /** By id, in letters of the byte alphabet; undefined for marks. */
  readonly texts: readonly (string | undefined)[];
  readonly merges: readonly (readonly [string, string])[];
  /** `<|en|>` and its kin, with their ids. */
  readonly marks: ReadonlyMap<string, number>;
}

const isMark = (text: string): boolean => /^<\|.*\|>$/.test(text);

/**
 * Reads tokenizer.json, vocab.json with merges.txt, CTranslate2's vocabulary.json or vocabulary.txt, in this order.
 * Undefined when a folder has none of them. Throws `ERR_MODEL_FORMAT`.
 */
export async function readVocabulary(folder: string): Promise<Vocabulary | undefined> {
  const has = (name: string): Promise<boolean> =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    );
  const json = async (name: string): Promise<unknown> =>
    parse(await readFile(join(folder, name), 'utf8'), join(folder, name));
  if (await has('tokenizer.json')) return ofTokenizer(await json('tokenizer.json'), join(folder, 'tokenizer.json'));
  if ((await has('vocab.json')) && (await has('merges.txt'))) {
    const added = (await has('added_tokens.json')) ? await json('added_tokens.json') : {};
    const merges = (await readFile(join(folder, 'merges.txt'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes(' ') && !line.startsWith('#'));
    return ofMaps([await json('vocab.json'), added], merges, join(folder, 'vocab.json'));
  }
  if (await has('vocabulary.json')) return ofList(await json('vocabulary.json'), join(folder, 'vocabulary.json'));
  if (!(await has('vocabulary.txt'))) return undefined;
  const lines = (await readFile(join(folder, 'vocabulary.txt'), 'utf8')).replace(/\n$/, '').split('\n');
  return ofList(lines, join(folder, 'vocabulary.txt'));
}

/** A ggml file's vocabulary holds the texts only; the marks follow from the number of tokens. */
export function vocabularyOfBytes(tokens: readonly Uint8Array[], vocabularySize: number): Vocabulary {
  const marks = standardMarks(vocabularySize);
  const first = Math.min(...marks.values());
  const texts = tokens.slice(0, first).map(lettersOf);
  return { texts, merges: mergesOf(texts), marks };
}

function ofTokenizer(file: unknown, path: string): Vocabulary {
  const model = fieldOf(file, 'model');
  const [vocab, merges, added] = [fieldOf(model, 'vocab'), fieldOf(model, 'merges'), fieldOf(file, 'added_tokens')];
  if (!Array.isArray(merges) || !Array.isArray(added))
    throw unusable(path, 'it is not a byte-pair tokeniser, as Whisper has');
  const marks = added.map((token: unknown) => [fieldOf(token, 'content'), fieldOf(token, 'id')]);
  return ofMaps([vocab, Object.fromEntries(marks)], merges, path);
}

function ofMaps(maps: readonly unknown[], merges: readonly unknown[], path: string): Vocabulary {
  const texts: (string | undefined)[] = [];
  const marks = new Map<string, number>();
  for (const [text, id] of maps.flatMap((map) => Object.entries(map ?? {}))) {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || id > MOST_TOKENS)
      throw unusable(path, `the token ${text} has no valid id`);
    if (isMark(text)) marks.set(text, id);
    else texts[id] = text;
  }
  if (texts.length === 0 || marks.size === 0)
    throw unusable(path, 'it has no tokens, or no marks such as <|startoftranscript|>');
  for (const id of marks.values()) texts[id] = undefined;
  return { texts: Array.from(texts), merges: merges.map((merge) => pairOf(merge, path)), marks };
}

/** Far more than any Whisper has; a wrong id would make an endless list. */
const MOST_TOKENS = 1_000_000;

function ofList(list: unknown, path: string): Vocabulary {
  if (!Array.isArray(list) || !list.every((text) => typeof text === 'string'))
    throw unusable(path, 'it is no list of tokens');
  const marks = new Map(list.flatMap((text, id) => (isMark(text) ? [[text, id] as const] : [])));
  const texts = list.map((text) => (isMark(text) ? undefined : text));
  return { texts, merges: mergesOf(texts), marks };
}

function pairOf(merge: unknown, path: string): readonly [string, string] {
  const [left, right]: unknown[] = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
  if (typeof left === 'string' && typeof right === 'string') return [left, right];
  throw unusable(path, `${JSON.stringify(merge)} is no pair of tokens`);
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(path, 'it is not JSON', { cause });
  }
}
