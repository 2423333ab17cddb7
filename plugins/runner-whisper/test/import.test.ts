// A Whisper goes in from every form, becomes graphs, and comes out again as it was.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LocatedModel } from '@voiceinput/plugin-api';
import { importer } from '../src/import/importer.ts';
import { preparedModel } from '../src/import/prepared-model.ts';
import { decoderMatrices } from '../src/quantise/check-decoder.ts';
import { halfBytes as encodeHalves } from '../src/import/half.ts';
import { findWeights, openWeights } from '../src/weights/open.ts';
import { ctranslate2Bytes } from './files/ctranslate2.ts';
import { halfBytes } from './files/elements.ts';
import { ggmlBytes } from './files/ggml.ts';
import { random, randomModel, SMALL, withLoudDecoder } from './files/random-model.ts';
import { decode, encode, floatsOf, openGraph } from './files/run.ts';
import { writeSafetensors, writeShards } from './files/safetensors.ts';
import { temporaryFolder } from './files/temporary.ts';
import { writeSmallTokenizer } from './files/vocabulary.ts';

const { signal } = new AbortController();
const folder = temporaryFolder();
const model = randomModel(SMALL);

async function made(name: string): Promise<string> {
  await mkdir(join(folder(), name));
  return join(folder(), name);
}

async function imported(path: string): Promise<LocatedModel> {
  const target = await made('model');
  const seen: number[] = [];
  const result = await importer.import(
    { path, name: 'mine', folder: target, report: (done) => seen.push(done) },
    signal,
  );
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  for (const file of Object.values(result.files)) await readFile(join(target, file));
  return { modelId: 'mine', folder: target, files: result.files, fingerprint: '0', license: 'MIT' };
}

const forms = {
  async 'Hugging Face, float32'(path: string) {
    await writeSafetensors(path, model, 'F32');
    await writeSmallTokenizer(path);
  },
  async 'Hugging Face, bfloat16'(path: string) {
    await writeShards(path, model, 'BF16');
    await writeSmallTokenizer(path);
  },
  async 'CTranslate2, float16'(path: string) {
    await writeFile(join(path, 'model.bin'), ctranslate2Bytes(model, { dims: SMALL, type: 'float16' }).bytes);
    await writeSmallTokenizer(path);
  },
};

describe('a model', () => {
  for (const [form, write] of Object.entries(forms)) {
    test(`as ${form} comes out as it went in`, async () => {
      const source = await made('source');
      await write(source);
      expect(await importer.recognise(source, signal)).toEqual({
        title: `Whisper 64-2-3, ${form}`,
        name: 'whisper-64-2-3',
      });
      const located = await imported(source);
      const target = await made('out');
      const files = await importer.export!({ model: located, folder: target, report: () => {} }, signal);
      expect(files).toContain(join(target, 'model.safetensors'));
      const weights = await openWeights((await findWeights(target, signal))!, signal);
      for (const [name, { values, shape }] of model) {
        const tensor = weights.tensors.get(name)!;
        expect(tensor.shape, name).toEqual(shape);
        expect(await tensor.read(undefined, signal), name).toEqual(values);
      }
      await weights.close();
      expect(await importer.recognise(target, signal)).toMatchObject({ name: 'whisper-64-2-3' });
    });
  }

  test('gives the same text scores from ggml as from safetensors', async () => {
    const dims = { ...SMALL, vocabularySize: 51_865 };
    const large = randomModel(dims);
    const vocabulary = Array.from({ length: 50_257 }, (_, id) =>
      id < 256 ? Uint8Array.of(id) : Uint8Array.of(97 + (id % 26), 97 + (Math.floor(id / 26) % 26), 48 + (id % 10)),
    );
    const path = join(folder(), 'ggml-test.bin');
    await writeFile(path, ggmlBytes(large, { dims, type: 'float16', vocabulary }).bytes);
    const located = await imported(path);
    const { folder: place, description } = await preparedModel(located.folder, {}, signal);
    expect(description).toMatchObject({ multilingual: true, tokens: { start: 50_258 }, source: { format: 'ggml' } });
    const [encoder, decoder] = [await openGraph(place, 'encoder'), await openGraph(place, 'decoder')];
    const encoded = await encode(encoder, new Float32Array(3200).fill(0.1));
    const result = await decode(decoder, { tokens: [[50_258]], encoded });
    expect(floatsOf(result, 'logits').every(Number.isFinite)).toBe(true);
    await Promise.all([encoder.release(), decoder.release()]);
  });

  test('is prepared once, and anew in float when asked', async () => {
    const source = await made('source');
    await forms['Hugging Face, float32'](source);
    const located = await imported(source);
    const first = await preparedModel(located.folder, {}, signal);
    const again = await preparedModel(located.folder, {}, signal);
    expect(again).toEqual(first);
    const float = await preparedModel(located.folder, { precision: 'float' }, signal);
    expect(float.description).toMatchObject({ precision: 'float', floatMatrices: [] });
    expect(first.description.check!.difference).toBeLessThan(0.25);
    expect(first.description.check!.decoderDifference).toBeLessThan(0.25);
    expect(float.folder).toMatch(/prepared/);
    expect(await preparedModel(located.folder, {}, signal)).toEqual(first);
    expect(await preparedModel(located.folder, { precision: 'float' }, signal)).toEqual(float);
  });

  test('whose decoder 8 bits would spoil keeps it in float', async () => {
    const source = await made('source');
    await writeSafetensors(source, withLoudDecoder(model), 'F32');
    await writeSmallTokenizer(source);
    const { description } = await preparedModel((await imported(source)).folder, {}, signal);
    expect(description.check!.decoderDifference).toBeGreaterThan(0.25);
    expect(description.floatMatrices).toEqual(expect.arrayContaining(decoderMatrices(SMALL)));
  });

  test('that is incomplete leaves nothing', async () => {
    const source = await made('source');
    await writeSafetensors(source, new Map([...model].slice(0, -1)), 'F16');
    const target = await made('model');
    const request = { path: source, name: 'mine', folder: target, report: () => {} };
    await expect(importer.import(request, signal)).rejects.toMatchObject({ code: 'ERR_MODEL_FORMAT' });
    await writeSafetensors(source, model, 'F16');
    await expect(importer.import(request, signal)).rejects.toThrow(/there is no vocabulary beside it/);
  });

  test('with numbers that are none is refused', async () => {
    const source = await made('source');
    const name = 'decoder.layers.1.fc2.weight';
    const broken = Float32Array.from(model.get(name)!.values, (value, place) => (place === 77 ? NaN : value));
    await writeSafetensors(
      source,
      new Map([...model, [name, { shape: model.get(name)!.shape, values: broken }]]),
      'F32',
    );
    await writeSmallTokenizer(source);
    const request = { path: source, name: 'mine', folder: await made('model'), report: () => {} };
    await expect(importer.import(request, signal)).rejects.toThrow(
      'source cannot be used: decoder.layers.1.fc2.weight holds numbers that are none, or infinite',
    );
  });

  test('is given up on abort', async () => {
    const source = await made('source');
    await forms['Hugging Face, float32'](source);
    const controller = new AbortController();
    const request = {
      path: source,
      name: 'mine',
      folder: await made('model'),
      report: () => controller.abort(new Error('enough')),
    };
    await expect(importer.import(request, controller.signal)).rejects.toThrow('enough');
  });
});

test('halves are the nearest ones', () => {
  const next = random(5);
  const values = Float32Array.from({ length: 5000 }, () => (next() - 0.5) * 10 ** Math.floor(next() * 9 - 5));
  expect(new Uint16Array(encodeHalves(values).buffer)).toEqual(new Uint16Array(halfBytes(values).buffer));
  const special = Float32Array.of(
    0,
    -0,
    65_504,
    65_520,
    1e9,
    -Infinity,
    NaN,
    2 ** -24,
    2 ** -25,
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
  );
  expect([...new Uint16Array(encodeHalves(special).buffer)]).toEqual([
    0, 0x8000, 0x7bff, 0x7c00, 0x7c00, 0xfc00, 0x7e00, 1, 0, 0x3c00, 0x3c02,
  ]);
});
