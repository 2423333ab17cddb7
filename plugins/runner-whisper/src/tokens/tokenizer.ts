// Text to tokens and back.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOfLetters } from './byte-alphabet.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Tokenizer {
  /** The tokens of a text, without marks. The first call loads what splits texts. */
  encode(text: string): Promise<number[]>;
  /** The text of tokens. Marks are left out; bytes that are no UTF-8, as those of half a letter, become U+FFFD. */
  decode(tokens: readonly number[]): string;
}

const TEXTS_FILE = 'vocabulary.json';
const TOKENIZER_FILE = 'tokenizer.json';

/**
 * Writes what `openTokenizer` reads: the texts by id, and a tokeniser in Hugging Face's form. It has no marks, so that a
 * text that looks like one stays a text.
 */
export async function writeTokenizer(folder: string, { texts, merges }: Vocabulary): Promise<void> {
  const vocab = Object.fromEntries(texts.flatMap((text, id) => (text === undefined ? [] : [[text, id]])));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const file = {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: { type: 'BPE', vocab, merges: merges.map((pair) => pair.join(' ')) },
  };
  await writeFile(join(folder, TEXTS_FILE), JSON.stringify(texts.map((text) => text ?? null)));
  await writeFile(join(folder, TOKENIZER_FILE), JSON.stringify(file));
}

/** Rejects with the system's error when the files are not there. */
export async function openTokenizer(folder: string): Promise<Tokenizer> {
  const list: unknown = JSON.parse(await readFile(join(folder, TEXTS_FILE), 'utf8'));
  const texts: readonly unknown[] = Array.isArray(list) ? list : [];
  let splitting: Promise<(text: string) => number[]> | undefined;
  return {
    async encode(text) {
      splitting ??= openSplitter(join(folder, TOKENIZER_FILE));
      return (await splitting)(text);
    },
    decode(tokens) {
      const parts = tokens.flatMap((token) => {
        const text = texts[token];
        return typeof text === 'string' ? [bytesOfLetters(text)] : [];
      });
      return new TextDecoder().decode(Buffer.concat(parts));
    },
  };
}

/** Loaded late: it takes as long as opening the model, and only proposals and prompts need it. */
async function openSplitter(path: string): Promise<(text: string) => number[]> {
  const { splitterOf } = await import('./splitter.ts');
  return splitterOf(JSON.parse(await readFile(path, 'utf8')));
}
