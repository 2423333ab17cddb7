// Weights are read from every form equal to what was written; what is no Whisper is told what it is.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { float32, q4_0, q4_1, q5_0, q5_1, q8_0 } from '../src/weights/elements.ts';
import { checkTensors, dimsOf } from '../src/weights/expected.ts';
import { findWeights, openWeights } from '../src/weights/open.ts';
import type { Weights } from '../src/weights/weights.ts';
import { ctranslate2Bytes } from './files/ctranslate2.ts';
import { packed, type BlockName } from './files/elements.ts';
import { ggmlBytes } from './files/ggml.ts';
import { random, randomModel, SMALL, type RandomModel } from './files/random-model.ts';
import { safetensorsBytes, writeSafetensors, writeShards } from './files/safetensors.ts';

const { signal } = new AbortController();
const model = randomModel(SMALL);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whisper-weights-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(path: string): Promise<Weights> {
  const files = await findWeights(path, signal);
  expect(files).toBeDefined();
  return openWeights(files!, signal);
}

/** Every tensor whole, and a range of its rows. */
async function expectStored(weights: Weights, stored: ReadonlyMap<string, Float32Array>, tolerance = 0): Promise<void> {
  expect(dimsOf(weights)).toEqual(SMALL);
  checkTensors(weights, SMALL);
  for (const [name, values] of stored) {
    const tensor = weights.tensors.get(name)!;
    expect(largestDifference(await tensor.read(undefined, signal), values), name).toBeLessThanOrEqual(tolerance);
    const rowLength = values.length / tensor.shape[0]!;
    const rows = await tensor.read({ from: 5, count: 3 }, signal);
    expect(largestDifference(rows, values.subarray(5 * rowLength, 8 * rowLength)), name).toBeLessThanOrEqual(tolerance);
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0);
}

const valuesOf = (random_: RandomModel): Map<string, Float32Array> =>
  new Map([...random_].map(([name, { values }]) => [name, values]));

describe('safetensors', () => {
  for (const type of ['F32', 'F16', 'BF16'] as const) {
    test(`${type}, in one file and in parts`, async () => {
      await writeSafetensors(folder, model, type);
      const whole = await open(folder);
      await expectStored(whole, valuesOf(model));
      await whole.close();
      await rm(join(folder, 'model.safetensors'));
      await writeShards(folder, model, type);
      const parts = await open(folder);
      await expectStored(parts, valuesOf(model));
      await parts.close();
    });
  }
});

test('a ggml file is one whatever its name says', async () => {
  const { bytes } = ggmlBytes(model, { dims: SMALL, type: 'float16', vocabulary: [] });
  await writeFile(join(folder, 'model.safetensors'), bytes);
  expect(await findWeights(folder, signal)).toMatchObject({ format: 'ggml', fileNames: ['model.safetensors'] });
});

describe('ggml', () => {
  for (const type of ['float16', 'q8_0', 'q5_0', 'q5_1', 'q4_0', 'q4_1'] as const) {
    test(type, async () => {
      const vocabulary = [Uint8Array.of(0x20), Uint8Array.of(0xd0, 0xb6)];
      const { bytes, stored } = ggmlBytes(model, { dims: SMALL, type, vocabulary });
      const path = join(folder, `ggml-${type}.bin`);
      await writeFile(path, bytes);
      const weights = await open(path);
      await expectStored(weights, stored, 1e-6);
      expect(weights.vocabulary?.map((token) => [...token])).toEqual([[0x20], [0xd0, 0xb6]]);
      await weights.close();
    });
  }
});

describe('CTranslate2', () => {
  for (const type of ['float32', 'float16', 'bfloat16'] as const) {
    test(type, async () => {
      const { bytes, stored } = ctranslate2Bytes(model, { dims: SMALL, type });
      await writeFile(join(folder, 'model.bin'), bytes);
      const weights = await open(folder);
      await expectStored(weights, stored);
      await weights.close();
    });
  }

  test('int8, each row to half of its step', async () => {
    const { bytes, stored } = ctranslate2Bytes(model, { dims: SMALL, type: 'int8' });
    await writeFile(join(folder, 'model.bin'), bytes);
    const weights = await open(folder);
    // The largest number is a quarter: a row's step is at most that, divided by 127.
    await expectStored(weights, stored, 0.25 / 127 / 2 + 1e-7);
    await weights.close();
  });
});

describe('blocks of 32', () => {
  const formats = { q4_0, q4_1, q5_0, q5_1, q8_0 };
  for (const name of Object.keys(formats) as BlockName[]) {
    test(`${name} gives what its definition says`, () => {
      const next = random(7);
      const values = Float32Array.from({ length: 32 * 50 }, () => (next() - 0.4) * 10 ** Math.floor(next() * 4 - 3));
      const { bytes, values: expected } = packed(name, values);
      expect(bytes).toHaveLength(50 * formats[name].blockBytes);
      const read = new Float32Array(values.length);
      formats[name].decode(bytes, read);
      expect(largestDifference(read, expected)).toBeLessThan(1e-6);
      // And that is near to what was stored.
      const step = { q4_0: 1 / 8, q4_1: 1 / 15, q5_0: 1 / 16, q5_1: 1 / 31, q8_0: 1 / 127 }[name];
      const off = largestDifference(read.subarray(0, 32), values.subarray(0, 32));
      const reach = Math.max(...values.subarray(0, 32).map(Math.abs));
      expect(off).toBeLessThanOrEqual(2 * reach * step + 1e-6);
    });
  }

  test('floats are read whatever the address of their bytes', () => {
    const bytes = new Uint8Array([9, ...new Uint8Array(Float32Array.of(1.5, -2).buffer)]).subarray(1);
    const values = new Float32Array(2);
    float32.decode(bytes, values);
    expect([...values]).toEqual([1.5, -2]);
  });
});

describe('what cannot be taken', () => {
  const refusal = async (path: string): Promise<string> => {
    const error: unknown = await open(path)
      .then(async (weights) => {
        await weights.close();
        checkTensors(weights, dimsOf(weights));
      })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_MODEL_FORMAT' });
    return error instanceof Error ? error.message : '';
  };
  const file = async (name: string, bytes: Uint8Array | string): Promise<string> => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };
  const without = (name: string): RandomModel => new Map([...model].filter(([other]) => other !== name));

  test('a PyTorch checkpoint is never opened', async () => {
    const zip = await file('base.pt', 'PK\u0003\u0004 and so on, far too long');
    expect(await refusal(zip)).toBe(
      'base.pt cannot be used: it is a PyTorch checkpoint, a program that would run when it is opened, and is never read',
    );
    expect(await refusal(await file('pytorch_model.bin', Uint8Array.of(0x80, 2, ...Array(20).fill(1))))).toMatch(
      /PyTorch/,
    );
  });

  test('weights of another program', async () => {
    expect(await refusal(await file('model.gguf', `GGUF${' '.repeat(20)}`))).toMatch(/it is a GGUF file/);
  });

  test('what holds no weights is not recognised', async () => {
    expect(await findWeights(await file('notes.txt', 'remember the milk, and the eggs'), signal)).toBeUndefined();
    expect(await findWeights(await file('encoder.onnx', ' '.repeat(20)), signal)).toBeUndefined();
    expect(await findWeights(await file('empty', ''), signal)).toBeUndefined();
    expect(await findWeights(folder, signal)).toBeUndefined();
    await expect(findWeights(join(folder, 'absent'), signal)).rejects.toMatchObject({ code: 'ERR_FILE_NOT_FOUND' });
  });

  test('a folder with several', async () => {
    await file('a.bin', 'x');
    await file('b.bin', 'x');
    expect(await refusal(folder)).toMatch(/there are several weight files in it: a\.bin, b\.bin/);
  });

  test('a truncated file says where it ends', async () => {
    const safetensors = safetensorsBytes(model, 'F16');
    await file('model.safetensors', safetensors.subarray(0, safetensors.length - 100));
    expect(await refusal(folder)).toMatch(
      /model\.safetensors cannot be used: it has \d+ bytes and ends inside decoder\.\S+, which needs \d+/,
    );
    const ggml = ggmlBytes(model, { dims: SMALL, type: 'q5_0', vocabulary: [] }).bytes;
    expect(await refusal(await file('g.bin', ggml.subarray(0, ggml.length >> 1)))).toMatch(/ends inside/);
    await rm(join(folder, 'model.safetensors'));
    const whole = ctranslate2Bytes(model, { dims: SMALL, type: 'float16' }).bytes;
    expect(await refusal(await file('model.bin', whole.subarray(0, whole.length >> 1)))).toMatch(/ends inside/);
  });

  test('tensors that are missing, doubled or of another shape are named', async () => {
    await writeSafetensors(folder, without('decoder.layers.1.fc2.bias'), 'F32');
    expect(await refusal(folder)).toMatch(/it lacks decoder\.layers\.1\.fc2\.bias$/);
    const name = 'encoder.layers.0.fc1.bias';
    await writeSafetensors(folder, new Map([...model, [name, { shape: [64], values: new Float32Array(64) }]]), 'F32');
    expect(await refusal(folder)).toMatch(/encoder\.layers\.0\.fc1\.bias is \[64\] instead of \[128\]/);
    const inner = 'encoder.layers.0.fc1.weight';
    const narrow = { shape: [64, 64], values: new Float32Array(64 * 64) };
    await writeSafetensors(folder, new Map([...model, [inner, narrow]]), 'F32');
    expect(await refusal(folder)).toMatch(/: encoder\.layers\.0\.fc1\.weight is \[64, 64\] instead of \[128, 64\]$/);
    const ggml = ggmlBytes(model, { dims: SMALL, type: 'float16', vocabulary: [] }).bytes;
    const last = ggml.subarray(ggml.length - (64 * 4 + 4 * 4 + 'decoder.blocks.2.mlp_ln.bias'.length));
    expect(await refusal(await file('g.bin', Buffer.concat([ggml, last])))).toMatch(
      /decoder\.layers\.2\.final_layer_norm\.bias is there twice/,
    );
  });

  test('what stands behind the last tensor of a ggml file', async () => {
    const { bytes } = ggmlBytes(model, { dims: SMALL, type: 'float16', vocabulary: [] });
    expect(await refusal(await file('g.bin', Buffer.concat([bytes, Buffer.alloc(100)])))).toMatch(
      /at byte \d+ of \d+ the header of a tensor was expected, and something else is there$/,
    );
  });

  test('another model', async () => {
    const { bytes } = ctranslate2Bytes(model, { dims: SMALL, type: 'float16', kind: 'TransformerSpec' });
    await file('model.bin', bytes);
    expect(await refusal(folder)).toBe(
      'model.bin cannot be used: it is a CTranslate2 model of kind TransformerSpec, not of Whisper',
    );
    await rm(join(folder, 'model.bin'));
    await writeSafetensors(folder, new Map([['lm_head.weight', { shape: [2], values: new Float32Array(2) }]]), 'F32');
    expect(await refusal(folder)).toMatch(
      /it has no encoder\.conv1\.weight, which every Whisper has; it holds lm_head\.weight$/,
    );
  });

  test('parts of a sharded model that are not there', async () => {
    await writeShards(folder, model, 'F16');
    await rm(join(folder, 'model-00002-of-00002.safetensors'));
    expect(await refusal(folder)).toMatch(/of the 2 parts .* model-00002-of-00002\.safetensors is missing$/);
  });
});
