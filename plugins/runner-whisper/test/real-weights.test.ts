// Whisper base and tiny.en, beside what OpenAI's own files and faster-whisper say.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FREQUENCIES, melFilters } from '../src/graphs/mel.ts';
import { importer } from '../src/import/importer.ts';
import { preparedModel, type PreparedModel } from '../src/import/prepared-model.ts';
import { bytesOfLetters, lettersOf } from '../src/tokens/byte-alphabet.ts';
import { mergesOf } from '../src/tokens/merges.ts';
import { standardMarks } from '../src/tokens/marks.ts';
import { neverSaid } from '../src/tokens/non-speech.ts';
import { openTokenizer, writeTokenizer } from '../src/tokens/tokenizer.ts';
import { readVocabulary, vocabularyOfBytes } from '../src/tokens/vocabulary.ts';
import { readSettings } from '../src/description/settings.ts';
import { dimsOf } from '../src/weights/expected.ts';
import { findWeights, openWeights } from '../src/weights/open.ts';
import { ggmlBytes } from './files/ggml.ts';
import { imported } from './files/imported.ts';
import type { RandomTensor } from './files/random-model.ts';
import { BASE, expectRealInCi, hasReal, OPENAI, TINY_ENGLISH } from './files/real.ts';
import { decode, encode, floatsOf, openGraph, type Values } from './files/run.ts';

const { signal } = new AbortController();

test('the weights are there where they have to be', expectRealInCi);

describe.skipIf(!hasReal)('OpenAI’s own tables', () => {
  /** The tokens of a tiktoken file by their ids. */
  async function tiktoken(name: string): Promise<Uint8Array[]> {
    const tokens: Uint8Array[] = [];
    for (const line of (await readFile(join(OPENAI, name), 'utf8')).trim().split('\n')) {
      const [token = '', id] = line.split(' ');
      tokens[Number(id)] = new Uint8Array(Buffer.from(token, 'base64'));
    }
    return tokens;
  }

  test('have the vocabulary and the merges of the tokeniser files', async () => {
    const known = (await readVocabulary(BASE))!;
    const tokens = await tiktoken('multilingual.tiktoken');
    const texts = tokens.map(lettersOf);
    // The last one is empty, and stands for nothing.
    expect(known.texts.slice(0, 50_256)).toEqual(texts.slice(0, 50_256));
    expect(known.merges.map(([left, right]) => `${left}${right}`)).toEqual(
      mergesOf(texts).map((pair) => pair.join('')),
    );
    expect(known.merges).toEqual(mergesOf(texts));
    for (const [mark, id] of standardMarks(51_865)) expect(known.marks.get(mark), mark).toBe(id);
    const english = (await readVocabulary(TINY_ENGLISH))!;
    const englishTexts = (await tiktoken('gpt2.tiktoken')).map(lettersOf);
    expect(english.texts.slice(0, 50_256)).toEqual(englishTexts);
    expect(english.merges).toEqual(mergesOf(englishTexts));
  });

  test('split texts as the tokeniser files do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whisper-tokens-'));
    try {
      await writeTokenizer(folder, vocabularyOfBytes(await tiktoken('multilingual.tiktoken'), 51_865));
      const { encode: split, decode: join_ } = await openTokenizer(folder);
      // As Hugging Face's tokeniser splits them.
      expect(await split(' Я с удовольствием')).toEqual([4857, 776, 11_927, 1055, 2765, 2981, 435, 1504]);
      const texts = [
        ' The brown fox waits by the river.',
        ' Ты слышал? — Да… 100 %',
        " it's 3 o'clock, isn't it",
        '日本語 हिन्दी 🙂',
        '  a  b ',
      ];
      for (const text of texts) expect(join_(await split(text)), text).toBe(text);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const bands of [80, 128]) {
    test(`have the mel filters of ${bands} bands`, async () => {
      const file = await readFile(join(OPENAI, `mel_${bands}.npy`));
      const floats = new Float32Array(new Uint8Array(file.subarray(file.length - bands * FREQUENCIES * 4)).buffer);
      const ours = melFilters(bands);
      const off = ours.reduce((largest, value, place) => Math.max(largest, Math.abs(value - floats[place]!)), 0);
      expect(off).toBeLessThan(1e-7);
    });
  }
});

describe.skipIf(!hasReal)('what is never said', () => {
  for (const folder of [BASE, TINY_ENGLISH]) {
    test(`is what the settings of ${folder.split('-').slice(-2).join('-')} list`, async () => {
      const work = await mkdtemp(join(tmpdir(), 'whisper-tokens-'));
      try {
        const vocabulary = (await readVocabulary(folder))!;
        await writeTokenizer(work, vocabulary);
        const { marks } = vocabulary;
        const id = (name: string): number => marks.get(`<|${name}|>`) ?? -1;
        const found = await neverSaid(await openTokenizer(work), {
          start: id('startoftranscript'),
          end: id('endoftext'),
          transcribe: id('transcribe'),
          translate: id('translate'),
          startOfPrevious: id('startofprev'),
          startOfLm: id('startoflm'),
          noSpeech: Math.max(id('nospeech'), id('nocaptions')),
          noTimestamps: id('notimestamps'),
          firstTimestamp: id('0.00'),
        });
        expect(found).toEqual((await readSettings(folder)).suppressed);
      } finally {
        await rm(work, { recursive: true });
      }
    });
  }
});

describe.skipIf(!hasReal)('graphs', () => {
  for (const { source, title, name } of [
    { source: BASE, title: 'Whisper base, CTranslate2, float16', name: 'whisper-base' },
    { source: TINY_ENGLISH, title: 'Whisper tiny, English, CTranslate2, float16', name: 'whisper-tiny-en' },
  ]) {
    describe(`of ${name}`, () => {
      let folder = '';
      let rounded: PreparedModel;
      beforeAll(async () => {
        folder = await imported({ name, source }, signal);
        rounded = await preparedModel(folder, {}, signal);
      });

      test('is recognised', async () => {
        expect(await importer.recognise(source, signal)).toEqual({ title, name });
      });

      test('keep the one matrix in float that nearly all of the error comes from', () => {
        const { description } = rounded;
        expect(description.floatMatrices).toEqual(['encoder.layers.3.fc2']);
        expect(description.check!.difference).toBeLessThan(0.1);
      });

      test('hear the sentence in 8 bits as in float, and as faster-whisper does', async () => {
        const float = await preparedModel(folder, { precision: 'float' }, signal);
        const samples = await spokenSentence();
        expect(await hear(rounded, samples)).toBe(' The brown fox waits by the river.');
        expect(await hear(float, samples)).toBe(' The brown fox waits by the river.');
      });
    });
  }
});

describe.skipIf(!hasReal)('a ggml file of the same weights', () => {
  test('is heard as the CTranslate2 folder is', async () => {
    const rewrite = async (work: string): Promise<string> => {
      const path = join(work, 'ggml-tiny.en.bin');
      await writeGgml(TINY_ENGLISH, path);
      return path;
    };
    const folder = await imported({ name: 'whisper-tiny-en-ggml', source: TINY_ENGLISH, rewrite }, signal);
    const prepared = await preparedModel(folder, {}, signal);
    expect(prepared.description).toMatchObject({ source: { format: 'ggml' }, multilingual: false });
    expect(await hear(prepared, await spokenSentence())).toBe(' The brown fox waits by the river.');
  });
});

/** All weights and the vocabulary of a folder, as whisper.cpp keeps them. */
async function writeGgml(source: string, path: string): Promise<void> {
  const weights = await openWeights((await findWeights(source, signal))!, signal);
  try {
    const model = new Map<string, RandomTensor>();
    for (const [name, { shape, read }] of weights.tensors)
      model.set(name, { shape, values: await read(undefined, signal) });
    const { texts } = (await readVocabulary(source))!;
    const vocabulary = texts.flatMap((text) => (text === undefined ? [] : [bytesOfLetters(text)]));
    await writeFile(path, ggmlBytes(model, { dims: dimsOf(weights), type: 'float16', vocabulary }).bytes);
  } finally {
    await weights.close();
  }
}

/** Ten seconds that begin with the sentence. */
async function spokenSentence(): Promise<Float32Array> {
  const file = await readFile(new URL('../../../fixtures/formats/s16.wav', import.meta.url));
  const data = file.indexOf('data') + 8;
  const samples = new Float32Array(160_000);
  for (let index = 0; index < (file.length - data) >> 1; index++) {
    samples[index] = file.readInt16LE(data + index * 2) / 32_768;
  }
  return samples;
}

/** The likeliest token at each place, until the end. */
async function hear({ folder, description }: PreparedModel, samples: Float32Array): Promise<string> {
  const [encoder, decoder] = [await openGraph(folder, 'encoder'), await openGraph(folder, 'decoder')];
  const { tokens, languages, multilingual, suppressed, dims } = description;
  const encoded = await encode(encoder, samples);
  const language = multilingual ? [languages['en']!, tokens.transcribe] : [];
  let next = [tokens.start, ...language, tokens.noTimestamps];
  let before: Values | undefined;
  const heard: number[] = [];
  while (heard.length < 40) {
    before = await decode(decoder, { tokens: [next], encoded, ...(before && { before }) });
    const logits = floatsOf(before, 'logits').slice(-dims.vocabularySize);
    for (const token of suppressed) logits[token] = -Infinity;
    const best = logits.subarray(0, tokens.end + 1).reduce((top, logit, id, all) => (logit > all[top]! ? id : top), 0);
    if (best === tokens.end) break;
    heard.push(best);
    next = [best];
  }
  await Promise.all([encoder.release(), decoder.release()]);
  return (await openTokenizer(folder)).decode(heard);
}
