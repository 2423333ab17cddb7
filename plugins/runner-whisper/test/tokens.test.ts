// Texts become tokens and texts again, whatever file the vocabulary came in.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesOfLetters, lettersOf } from '../src/tokens/byte-alphabet.ts';
import { languagesOf, marksOf, standardMarks } from '../src/tokens/marks.ts';
import { openTokenizer, writeTokenizer, type Tokenizer } from '../src/tokens/tokenizer.ts';
import { readVocabulary } from '../src/tokens/vocabulary.ts';
import { writeSmallTokenizer } from './files/vocabulary.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whisper-tokens-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function tokenizer(): Promise<Tokenizer> {
  await writeTokenizer(folder, (await readVocabulary(folder))!);
  return openTokenizer(folder);
}

test('every byte has a letter of its own', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(new Set(lettersOf(bytes)).size).toBe(256);
  expect(bytesOfLetters(lettersOf(bytes))).toEqual(bytes);
  expect(lettersOf(Uint8Array.of(0x20, 0x41))).toBe('ĠA');
});

describe('a small vocabulary', () => {
  test('splits and joins', async () => {
    await writeSmallTokenizer(folder);
    const { encode, decode } = await tokenizer();
    expect(await encode(' the')).toEqual([258]);
    expect(await encode('ж')).toEqual([259]);
    for (const text of [' the other way', 'Жж и ё', '🙂 naïve — “x”', '  two  spaces ', 'tab\tand\nline']) {
      expect(decode(await encode(text)), text).toBe(text);
    }
  });

  test('leaves marks out, and does not read them in texts', async () => {
    await writeSmallTokenizer(folder);
    const { encode, decode } = await tokenizer();
    expect(decode([260, 258, 261, 270])).toBe(' the');
    const spelt = await encode('<|endoftext|>');
    expect(spelt).not.toContain(260);
    expect(decode(spelt)).toBe('<|endoftext|>');
  });

  test('a part of a letter is told from none', async () => {
    await writeSmallTokenizer(folder);
    expect((await tokenizer()).decode([0xd0])).toBe('\ufffd');
  });

  test('the same from vocab.json with merges.txt, and from a list alone', async () => {
    await writeSmallTokenizer(folder);
    const known = (await readVocabulary(folder))!;
    await rm(join(folder, 'tokenizer.json'));
    const vocab = Object.fromEntries(known.texts.flatMap((text, id) => (text === undefined ? [] : [[text, id]])));
    await writeFile(join(folder, 'vocab.json'), JSON.stringify(vocab));
    await writeFile(
      join(folder, 'merges.txt'),
      `#version: 0.2\n${known.merges.map((pair) => pair.join(' ')).join('\n')}\n`,
    );
    await writeFile(join(folder, 'added_tokens.json'), JSON.stringify(Object.fromEntries(known.marks)));
    expect(await readVocabulary(folder)).toEqual(known);
    await rm(join(folder, 'vocab.json'));
    const list = [...known.texts.filter((text) => text !== undefined), ...known.marks.keys()];
    await writeFile(join(folder, 'vocabulary.txt'), `${list.join('\n')}\n`);
    expect(await readVocabulary(folder)).toEqual({ ...known, texts: list.map((text, id) => known.texts[id]) });
  });

  test('what is no vocabulary is told', async () => {
    expect(await readVocabulary(folder)).toBeUndefined();
    await writeFile(join(folder, 'tokenizer.json'), '{"model": {"type": "Unigram"}}');
    await expect(readVocabulary(folder)).rejects.toThrow(
      /tokenizer\.json cannot be used: it is not a byte-pair tokeniser/,
    );
    await writeFile(join(folder, 'tokenizer.json'), '{"model":');
    await expect(readVocabulary(folder)).rejects.toMatchObject({ code: 'ERR_MODEL_FORMAT' });
  });
});

describe('marks', () => {
  test('are where OpenAI put them', () => {
    expect(marksOf(standardMarks(51_865))).toEqual({
      start: 50_258,
      end: 50_257,
      transcribe: 50_359,
      translate: 50_358,
      startOfPrevious: 50_361,
      startOfLm: 50_360,
      noSpeech: 50_362,
      noTimestamps: 50_363,
      firstTimestamp: 50_364,
    });
    expect(marksOf(standardMarks(51_864))).toMatchObject({ start: 50_257, end: 50_256, noTimestamps: 50_362 });
    expect(marksOf(standardMarks(51_866))).toMatchObject({ start: 50_258, transcribe: 50_360, firstTimestamp: 50_365 });
  });

  test('tell the languages', () => {
    const languages = languagesOf(standardMarks(51_865));
    expect(Object.keys(languages)).toHaveLength(99);
    expect(languages).toMatchObject({ en: 50_259, ru: 50_263, jv: 50_356, su: 50_357 });
    expect(languagesOf(standardMarks(51_866))).toMatchObject({ yue: 50_358 });
  });

  test('that are missing are named', () => {
    expect(marksOf(new Map([['<|endoftext|>', 1]]))).toEqual({ missing: '<|notimestamps|>' });
  });
});
