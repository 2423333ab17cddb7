// The preparation fits merged decoders of Whisper's shape, however they were exported.

import { never } from '@voiceinput/testkit';
import { afterEach, expect, test } from 'vitest';
import { decode, loadRuntime, openSession, type Decoder, type Encoded } from '@voiceinput/onnx';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { preparedDecoder } from '../src/decode/prepared.ts';
import { publishedDecoder } from '../src/decode/published.ts';
import { bestToken } from '../src/decode/scores.ts';
import { cachesOf, emptyCache } from '../src/decode/caches.ts';
import { readModel, writeModel } from '../src/graph/model.ts';
import { signedBytesAreExact } from '../src/prepare/machine.ts';
import { prepareDecoder } from '../src/prepare/decoder.ts';
import { floats, INT64, model, operators, random } from './graphs.ts';
import { HIDDEN, recent, WORDS, type Export } from './whisper-export.ts';
import { mergedDecoder, mergedGraph } from './whisper.ts';

const FRAMES = 30;
const LOUD = 4;

const sound = async (seed: number): Promise<Encoded> => ({
  encoder_hidden_states: await floats(
    [1, FRAMES, HIDDEN],
    random(FRAMES * HIDDEN, seed).map((number) => LOUD * number),
  ),
});

const plain: Export = { ...recent, weights: 'float' };
const exports: [string, Export][] = [
  ['a recent one', recent],
  ['with a projection of its own', { ...recent, projection: 'own' }],
  ['with rows of the position table', { ...recent, positions: 'gather', norm: 'nine operators' }],
  ['that is told the places', { ...recent, positions: 'given', audioCaches: 'empty' }],
  ['with batch and heads joined', { ...recent, attention: 'batch and heads joined', norm: 'nine operators' }],
];
/** The same in floats: nothing is rounded there, so that every difference is a mistake. */
const inFloats = exports.map(([name, kind]): [string, Export] => [name, { ...kind, weights: 'float' }]);

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const decoder of opened.splice(0)) await decoder.close();
});

const open = (bytes: Uint8Array): Promise<InferenceSession> => openSession(bytes, { threads: 1 });

async function publishedOf(kind: Export): Promise<Decoder> {
  const decoder = await publishedDecoder(await open(mergedDecoder(kind)), { multiToken: kind.hidesAhead });
  opened.push(decoder);
  return decoder;
}

async function preparedOf(kind: Export, signed = false): Promise<Decoder> {
  const { once, step } = prepareDecoder(mergedDecoder(kind), { signedInt8: signed, minElements: 1 });
  const abilities = { multiToken: kind.hidesAhead, broadcastsEncoder: kind.attention === 'by head' };
  const decoder = await preparedDecoder({ once: await open(once), step: await open(step) }, abilities);
  opened.push(decoder);
  return decoder;
}

/** What follows a text. */
interface Answer {
  readonly text: readonly number[];
  readonly logits: Float32Array;
}

/** Uses all that a decoder can do: one token, several at once, the way back, texts side by side that change places. */
async function answersOf(decoder: Decoder, encoded: Encoded): Promise<Answer[]> {
  const steps = await decoder.begin(encoded);
  const answers: Answer[] = [];
  const note = (texts: readonly (readonly number[])[], logits: Float32Array): void =>
    texts.forEach((text, row) => answers.push({ text, logits: logits.slice(row * WORDS, (row + 1) * WORDS) }));
  let read: number[] = [];
  for (const tokens of [[1], [7, 40, 9], [33], [5, 6]]) {
    if (tokens[0] === 33) steps.forget((read = read.slice(0, 3)).length);
    const before = read;
    read = [...before, ...tokens];
    const texts = tokens.map((_, index) => [...before, ...tokens.slice(0, index + 1)]);
    note(texts, await steps.read(tokens));
  }
  let beside = [read, read];
  for (const { from, tokens } of [
    { from: [0, 0], tokens: [11, 12] },
    { from: [1, 0, 1], tokens: [20, 20, 50] },
    { from: [0, 1, 2], tokens: [3, 4, 60] },
  ]) {
    beside = from.map((row, index) => [...beside[row]!, tokens[index]!]);
    note(beside, await steps.branch(from, tokens));
  }
  return answers;
}

/** What the branch without past says of a whole text: no cache is involved. */
async function withoutCaches(
  session: InferenceSession,
  encoded: Encoded,
  text: readonly number[],
): Promise<Float32Array> {
  const runtime = await loadRuntime();
  const feeds: Record<string, Tensor> = {
    ...encoded,
    input_ids: new runtime.Tensor('int64', BigInt64Array.from(text, BigInt), [1, text.length]),
    cache_position: new runtime.Tensor(
      'int64',
      BigInt64Array.from(text, (_, place) => BigInt(place)),
      [text.length],
    ),
    use_cache_branch: new runtime.Tensor('bool', Uint8Array.of(0), [1]),
  };
  for (const cache of cachesOf(session)) feeds[cache.past] = emptyCache(cache, runtime);
  const { logits } = await session.run(feeds, ['logits']);
  return (logits!.data as Float32Array).slice(-WORDS);
}

const deviation = (row: Float32Array): number => {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  return Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length);
};

/** The largest difference, as a share of the first one's standard deviation. */
const apart = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index]!))) / deviation(a);

test.each(inFloats)('in floats, a decoder %s says at every step what it says without caches', async (_, kind) => {
  const encoded = await sound(3);
  const session = await open(mergedDecoder(kind));
  for (const decoder of [await publishedOf(kind), await preparedOf(kind)]) {
    const answers = await answersOf(decoder, encoded);
    expect(answers).toHaveLength(15);
    for (const { text, logits } of answers) {
      expect(apart(await withoutCaches(session, encoded, text), logits), text.join(' ')).toBeLessThan(1e-4);
    }
  }
  await session.release();
});

test.each(exports)('in bytes, a decoder %s says at every step what the merged one says', async (_, kind) => {
  const encoded = await sound(4);
  const published = await answersOf(await publishedOf(kind), encoded);
  for (const signed of new Set([false, await signedBytesAreExact()])) {
    const prepared = await answersOf(await preparedOf(kind, signed), encoded);
    expect(prepared.map(({ text }) => text)).toEqual(published.map(({ text }) => text));
    // One step of 8 bits in the vector that the projection multiplies now and then, as everywhere in such a model.
    published.forEach(({ text, logits }, index) =>
      expect(apart(logits, prepared[index]!.logits), text.join(' ')).toBeLessThan(0.05),
    );
  }
});

const options = { prompt: [1], endToken: 2, maxTokens: 24 };

test.each(inFloats)('in floats, a decoder %s gives the same text prepared, whatever is proposed', async (_, kind) => {
  const [published, prepared] = [await publishedOf(kind), await preparedOf(kind)];
  const texts: number[][] = [];
  for (const seed of [11, 12, 13, 14]) {
    const encoded = await sound(seed);
    const { tokens } = await decode(await published.begin(encoded), options, never);
    for (const proposal of [[], tokens, texts.at(-1) ?? [3, 4, 5]]) {
      const again = await decode(await prepared.begin(encoded), { ...options, proposal }, never);
      expect(again.tokens).toEqual(tokens);
    }
    texts.push(tokens);
  }
  expect(new Set(texts.map(String)).size).toBeGreaterThan(1);
  expect(Math.min(...texts.map(({ length }) => length))).toBeGreaterThan(3);
});

test.each(exports)('in bytes, a decoder %s gives the same text prepared', async (_, kind) => {
  const [published, prepared] = [await publishedOf(kind), await preparedOf(kind)];
  for (const seed of [11, 12, 13, 14]) {
    const encoded = await sound(seed);
    const { tokens } = await decode(await published.begin(encoded), options, never);
    const again = await decode(await prepared.begin(encoded), options, never);
    await expectSameText(published, encoded, [tokens, again.tokens]);
  }
});

/** The same tokens, or a first other one that the published decoder finds as likely: rounding decides such ties. */
async function expectSameText(published: Decoder, encoded: Encoded, [a, b]: [number[], number[]]): Promise<void> {
  const first = a.findIndex((token, index) => token !== b[index]);
  if (first < 0 && a.length === b.length) return;
  const place = first < 0 ? a.length : first;
  const steps = await published.begin(encoded);
  let logits = new Float32Array(0);
  for (const token of [1, ...a.slice(0, place)]) logits = Float32Array.from(await steps.read([token]));
  const gap = logits[bestToken(logits, 0, { vocabularySize: WORDS })]! - logits[b[place] ?? 2]!;
  expect(gap / deviation(logits), `${a.join(' ')} and ${b.join(' ')}`).toBeLessThan(0.05);
}

test('without a mask for what comes behind, tokens are read one by one', async () => {
  const kind: Export = { ...plain, hidesAhead: false };
  const encoded = await sound(5);
  const session = await open(mergedDecoder(kind));
  const text = [1, 7, 40, 9, 33];
  for (const decoder of [await publishedOf(kind), await preparedOf(kind)]) {
    const steps = await decoder.begin(encoded);
    await steps.read([1]);
    const logits = await steps.read(text.slice(1));
    expect(logits).toHaveLength(4 * WORDS);
    for (const row of [0, 3]) {
      const expected = await withoutCaches(session, encoded, text.slice(0, row + 2));
      expect(apart(expected, logits.slice(row * WORDS, (row + 1) * WORDS))).toBeLessThan(1e-4);
    }
  }
  await session.release();
});

test('what follows from the sound alone runs once, and bytes stay bytes', () => {
  const { once, step } = prepareDecoder(mergedDecoder(recent), { signedInt8: false, minElements: 1 });
  const [ofClip, ofToken] = [readModel(once).graph, readModel(step).graph];
  const count = (operator: string, names: string[]): number => names.filter((name) => name === operator).length;
  expect(ofClip.input.map(({ name }) => name)).toEqual(['encoder_hidden_states']);
  expect(ofToken.input.map(({ name }) => name)).not.toContain('encoder_hidden_states');
  // Keys and values of two layers; in the step eight products a layer and the projection.
  expect(count('MatMulInteger', operators(ofClip))).toBe(4);
  expect(count('MatMulInteger', operators(ofToken))).toBe(17);
  // Only the rows of the embedding that are looked up become floats.
  expect(count('DequantizeLinear', operators(ofToken))).toBe(1);
  expect(count('If', operators(ofToken))).toBe(0);
  // Seven a layer: the keys of the sound come turned.
  expect(count('Transpose', operators(ofToken))).toBe(14);
});

test('sizes of the texts are never taken from what belongs to the sound', () => {
  const whole = mergedGraph(recent);
  whole.input.reverse();
  const bytes = writeModel({ ...model(whole), opsetImport: [{ version: 17 }] });
  const { step } = prepareDecoder(bytes, { signedInt8: false });
  const counted = readModel(step).graph.input.filter(({ type }) => type?.tensorType?.elemType === INT64);
  expect(counted.map(({ name }) => name)).toEqual(['input_ids']);
});
