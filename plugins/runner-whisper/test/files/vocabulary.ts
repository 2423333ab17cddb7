// A tokeniser for random weights: all bytes, some joined pairs and Whisper's marks.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lettersOf } from '../../src/tokens/byte-alphabet.ts';

const MERGES = [
  ['Ġ', 't'],
  ['h', 'e'],
  ['Ġt', 'he'],
  ['Ð', '¶'],
] as const;

const MARKS =
  'endoftext startoftranscript en ru translate transcribe startoflm startofprev nospeech notimestamps 0.00'.split(' ');

/** Ids: bytes, merges, marks. All below 400. */
export async function writeSmallTokenizer(folder: string): Promise<void> {
  const bytes = Array.from({ length: 256 }, (_, byte) => lettersOf(Uint8Array.of(byte)));
  const texts = [...bytes, ...MERGES.map((pair) => pair.join(''))];
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  const added = MARKS.map((name, index) => ({
    id: texts.length + index,
    content: `<|${name}|>`,
    special: true,
    ...plain,
  }));
  const model = { type: 'BPE', vocab: Object.fromEntries(texts.map((text, id) => [text, id])), merges: MERGES };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const file = {
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model,
  };
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(file));
}
