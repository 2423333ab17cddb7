// The runner keeps a runner's promises, with random weights: whatever it says, it says soundly.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decoded } from '@voiceinput/onnx';
import type { LocatedModel, PluginContext } from '@voiceinput/plugin-api';
import { conformance, fakeContext, fakeModels, speechLike } from '@voiceinput/testkit';
import { hear, type EncodedClip } from '../src/decode/hearing.ts';
import { readText, type Attempt } from '../src/decode/text.ts';
import { openWhisper, type Whisper } from '../src/decode/whisper.ts';
import { importer } from '../src/import/importer.ts';
import { preparedModel } from '../src/import/prepared-model.ts';
import plugin from '../src/index.ts';
import { ask } from '../src/language/ask.ts';
import { read } from '../src/read.ts';
import { randomModel, SMALL, type RandomModel } from './files/random-model.ts';
import { writeSafetensors } from './files/safetensors.ts';
import { writeSmallTokenizer } from './files/vocabulary.ts';

const { signal } = new AbortController();
const speech = speechLike(1500);
const clip = { samples: speech, startSample: 0 };

/** Random weights say one thing for ever; where places count more, they go on to others. */
function restless(): RandomModel {
  const name = 'decoder.embed_positions.weight';
  const model = new Map(randomModel(SMALL));
  const { shape, values } = model.get(name)!;
  return model.set(name, { shape, values: values.map((value) => 8 * value) });
}

let base: string;
let located: LocatedModel;
let whisper: Whisper;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'runner-whisper-'));
  const [source, folder] = [join(base, 'source'), join(base, 'model')];
  await mkdir(source);
  await mkdir(folder);
  await writeSafetensors(source, restless(), 'F32');
  await writeSmallTokenizer(source);
  const { files } = await importer.import({ path: source, name: 'mine', folder, report: () => undefined }, signal);
  located = { modelId: 'whisper-base', folder, files, fingerprint: 'f1', license: 'MIT' };
  const prepared = await preparedModel(folder, { precision: 'float' }, signal);
  whisper = await openWhisper(prepared.folder, { threads: 1 });
});
afterAll(async () => {
  await whisper.model.close();
  await rm(base, { recursive: true });
});

describe('conformance', () => {
  // The model is there only when the tests run.
  const context: PluginContext = {
    ...fakeContext({ pluginId: plugin.id }),
    models: { locate: (modelId, aborted) => fakeModels([located]).locate(modelId, aborted) },
  };
  for (const { name, run } of conformance(plugin, { context, speech, patienceMs: 30_000 })) test(name, run);
});

describe('a text', () => {
  let hearing: EncodedClip;
  let plain: Decoded;
  const textOf = (more: Partial<Attempt> = {}): Promise<Decoded> =>
    readText(whisper, { language: 'en', previous: [], proposal: [], beams: 1, hearing, ...more }, signal);
  beforeAll(async () => {
    hearing = await hear(whisper, speech, 'short');
    plain = await textOf();
  });

  test('is the same whatever is proposed, in fewer passes where that is right', async () => {
    expect(plain.tokens.length).toBeGreaterThan(5);
    const again = await textOf({ proposal: plain.tokens });
    expect(again.tokens).toEqual(plain.tokens);
    expect(again.passes).toBeLessThan(plain.passes);
    for (const proposal of [plain.tokens.slice(2), plain.tokens.with(3, 65), [65, 66, 67]]) {
      expect((await textOf({ proposal })).tokens).toEqual(plain.tokens);
    }
  });

  test('holds no mark, and says of each token where it looked', () => {
    const { tokens, dims } = whisper.description;
    expect(plain.tokens.every((token) => token < tokens.end)).toBe(true);
    expect(plain.looks.length).toBeGreaterThanOrEqual(plain.tokens.length);
    expect(plain.looks[0]!.length % hearing.frames).toBe(0);
    expect(dims.textContext).toBe(448);
  });

  test('of several followed at once is at least as likely, and its looks are those along it', async () => {
    const found = await textOf({ beams: 4 });
    expect(found.tokens.length).toBeGreaterThan(0);
    expect(found.looks.length).toBeGreaterThanOrEqual(found.tokens.length);
  });

  test('goes on from a decoder that was asked for the language already', async () => {
    const { steps } = await ask(whisper, hearing, { languages: ['en', 'ru'] });
    expect((await textOf({ steps })).tokens).toEqual(plain.tokens);
  });

  test('is another one behind other words', async () => {
    const previous = await whisper.tokenizer.encode(' the the');
    expect((await textOf({ previous })).logProbs).not.toEqual(plain.logProbs);
  });
});

test.each([
  [['en'], 'en'],
  [['ru'], 'ru'],
])('of the allowed languages %j only %s is heard', async (languages, language) => {
  expect(await read(whisper, { clip, hint: { languages }, beams: 1 }, signal)).toMatchObject({ language });
});

test('the language that is told is kept without a choice', async () => {
  const { language, doubtful } = await read(whisper, { clip, hint: { language: 'ru' }, beams: 1 }, signal);
  expect({ language, doubtful }).toEqual({ language: 'ru', doubtful: undefined });
});

test('a clip longer than 30 s is read as far as it can be heard', async () => {
  const long = { samples: new Float32Array(31 * 16_000).fill(0.01), startSample: 0 };
  expect(typeof (await read(whisper, { clip: long, hint: {}, beams: 1 }, signal)).text).toBe('string');
});

test('an abort ends a reading with its reason', async () => {
  const controller = new AbortController();
  const reading = read(whisper, { clip, hint: {}, beams: 4 }, controller.signal);
  setImmediate(() => controller.abort('enough'));
  await expect(reading).rejects.toBe('enough');
});

test('a folder that was not prepared is told as such', async () => {
  await expect(openWhisper(base, {})).rejects.toMatchObject({
    code: 'ERR_MODEL_FILES',
    message: expect.stringContaining(base),
  });
});
