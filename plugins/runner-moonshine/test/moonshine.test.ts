// Moonshine hears speech, fast and slow way alike, and keeps the promises of a runner.

import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelStore } from '@voiceinput/models';
import { openExportedModel, type Steps } from '@voiceinput/onnx';
import type { Hint, LocatedModel, Runner, Transcript } from '@voiceinput/plugin-api';
import plugin from '@voiceinput/runner-moonshine';
import { conformance, fakeContext, fakeModels } from '@voiceinput/testkit';
import { read } from '../src/read.ts';
import { textOf } from '../src/vocabulary.ts';
import { SENTENCE, spokenSentence } from './speech.ts';

/** The first of all prepares the model's graphs. */
const PATIENCE_MS = 60_000;

const { signal } = new AbortController();
const models = openModelStore({ plugins: [{ plugin }] });
const speech = await spokenSentence();
const located = await models.locate('moonshine-tiny-en', signal);
const clip = { samples: speech, startSample: 0 };

describe('conformance', () => {
  const context = fakeContext({ pluginId: plugin.id, models });
  for (const { name, run } of conformance(plugin, { context, speech, patienceMs: PATIENCE_MS }))
    test(name, { timeout: PATIENCE_MS }, run);
});

describe('a runner', { timeout: PATIENCE_MS }, () => {
  let runner: Runner;
  let heard: Transcript;
  const hear = (hint: Hint, samples = speech): Promise<Transcript> =>
    runner.run({ samples, startSample: 0 }, hint, signal);
  beforeAll(async () => {
    runner = await plugin.create({}, fakeContext({ models }), signal);
    heard = await hear({});
  });
  afterAll(() => runner.close());

  test('hears the sentence', () => {
    expect(heard.text).toBe(SENTENCE);
    expect(heard).toMatchObject({ language: 'en', vocabulary: 'llama-32000' });
    expect(heard.meanLogProb).toBeGreaterThan(-0.5);
    expect(textOf(heard.tokens!)).toBe(heard.text);
  });

  test('hears it whatever is proposed', async () => {
    const tokens = heard.tokens!;
    const proposals = [
      tokens,
      tokens.slice(0, 5),
      tokens.slice(3),
      tokens.with(2, 500),
      [],
      [9999, 1, 2, 31_999, 40_000],
    ];
    for (const proposed of proposals) {
      const proposal = { text: '', tokens: proposed, vocabulary: 'llama-32000' };
      expect((await hear({ proposal })).text).toBe(SENTENCE);
    }
    expect((await hear({ proposal: { text: '', tokens: [1e9], vocabulary: 'other' } })).text).toBe(SENTENCE);
  });

  test('takes the surest of several passes', async () => {
    const options = { prompt: [1], endToken: 2, int8Encoder: false };
    const model = await openExportedModel(located, options, signal);
    const surest = await read(model, { clip, hint: {}, passes: 7, beams: 1 }, signal);
    await model.close();
    expect(surest.text).toBe(SENTENCE);
    expect(surest.meanLogProb).toBeGreaterThan(-0.5);
  });

  test('takes the likeliest text of several searches', async () => {
    const searching = await plugin.create({ beams: 3, passes: 2 }, fakeContext({ models }), signal);
    const found = await searching.run(clip, {}, signal);
    const proposal = { text: heard.text, tokens: heard.tokens!, vocabulary: 'llama-32000' };
    const beside = await searching.run(clip, { proposal }, signal);
    const silence = { samples: new Float32Array(32_000), startSample: 0 };
    const nothing = await searching.run(silence, {}, signal);
    const something = await searching.run(silence, { surelySpeech: true }, signal);
    await searching.close();
    expect(found.text).toBe(SENTENCE);
    expect(beside).toEqual(found);
    expect(found.meanLogProb).toBeGreaterThan(-0.5);
    expect(nothing.text).toBe('');
    expect(something.tokens!.length).toBeGreaterThan(0);
  });

  test('reads anew, greedily, where no text of a search fits the draft', async () => {
    const searching = await plugin.create({ beams: 2 }, fakeContext({ models }), signal);
    const wordy = { text: '', tokens: Array.from({ length: 100 }, () => 500), vocabulary: 'llama-32000' };
    const { text } = await searching.run(clip, { proposal: wordy }, signal);
    await searching.close();
    expect(text).toBe(SENTENCE);
  });

  test('a search stops at the next token when it is told to', async () => {
    const searching = await plugin.create({ beams: 3 }, fakeContext({ models }), signal);
    const controller = new AbortController();
    const running = searching.run(clip, {}, controller.signal);
    setImmediate(() => controller.abort('enough'));
    await expect(running).rejects.toBe('enough');
    await searching.close();
  });

  test('gives no text for silence, even where the detector is fooled a little', async () => {
    expect((await hear({}, new Float32Array(32_000))).text).toBe('');
    expect((await hear({ surelySpeech: false }, new Float32Array(32_000))).text).toBe('');
  });

  test('never gives an empty text where the detector is sure', async () => {
    const { tokens } = await hear({ surelySpeech: true }, new Float32Array(32_000));
    expect(tokens!.length).toBeGreaterThan(0);
  });

  test('is not disturbed by samples far beyond full scale', async () => {
    expect(
      (
        await hear(
          {},
          speech.map((sample) => sample * 20),
        )
      ).text,
    ).toBe(SENTENCE);
  });

  test('stops at the next token when it is told to', async () => {
    const controller = new AbortController();
    const running = runner.run(clip, {}, controller.signal);
    setImmediate(() => controller.abort('enough'));
    await expect(running).rejects.toBe('enough');
    expect((await hear({})).text).toBe(SENTENCE);
  });
});

/** The logits after a text that is read token by token. */
async function lastOf(steps: Steps, tokens: readonly number[]): Promise<Float32Array> {
  let logits = new Float32Array();
  for (const token of tokens) logits = Float32Array.from(await steps.read([token]));
  return logits;
}

function likeliestOf(logits: Float32Array): { token: number; logit: number } {
  const logit = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  return { token: logits.indexOf(logit), logit };
}

describe('preparation', { timeout: 2 * PATIENCE_MS }, () => {
  let folder: string;
  let copy: LocatedModel;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moonshine-'));
    const files = Object.fromEntries(
      Object.entries(located.files).map(([name, path]) => [name, join(folder, basename(path))]),
    );
    for (const [name, path] of Object.entries(files)) await copyFile(located.files[name]!, path);
    copy = { ...located, folder, files };
  });
  afterAll(() => rm(folder, { recursive: true }));

  const create = async (): Promise<{ text: string; lines: string[] }> => {
    const lines: string[] = [];
    const runner = await plugin.create({}, fakeContext({ models: fakeModels([copy]), lines }), signal);
    const { text } = await runner.run(clip, {}, signal);
    await runner.close();
    return { text, lines };
  };

  test('happens once, also when two start together', async () => {
    const both = await Promise.all([create(), create()]);
    expect(both).toEqual([
      { text: SENTENCE, lines: [] },
      { text: SENTENCE, lines: [] },
    ]);
    const made = await readdir(join(folder, 'prepared'));
    expect(made).toHaveLength(1);
    expect((await readdir(join(folder, 'prepared', made[0]!))).toSorted()).toEqual([
      'encoder-exact.onnx',
      'encoder.onnx',
      'once.onnx',
      'report.json',
      'sha256.json',
      'step.onnx',
    ]);
  });

  test('prepared and published graphs hear the same tokens', async () => {
    const options = { prompt: [1], endToken: 2 };
    const transcripts: Transcript[] = [];
    for (const published of [true, false]) {
      const model = await openExportedModel(copy, { ...options, published }, signal);
      expect(model.notPrepared === undefined).toBe(!published);
      transcripts.push(await read(model, { clip, hint: {}, passes: 1, beams: 1 }, signal));
      await model.close();
    }
    expect(transcripts[0]!.tokens).toEqual(transcripts[1]!.tokens);
    expect(transcripts[0]!.meanLogProb).toBeCloseTo(transcripts[1]!.meanLogProb!, 1);
  });

  test('texts side by side are what each is alone, in prepared and published graphs', async () => {
    const options = { prompt: [1], endToken: 2 };
    const texts = [
      [1, 450, 4996, 17_354],
      [1, 319, 2217, 1873],
      [1, 450, 2217, 1873],
    ];
    for (const published of [true, false]) {
      const model = await openExportedModel(copy, { ...options, published, threads: 1 }, signal);
      const encoded = await model.encode(speech);
      const alone: { token: number; logit: number }[] = [];
      for (const text of texts) alone.push(likeliestOf(await lastOf(await model.decoder.begin(encoded), text)));
      const steps = await model.decoder.begin(encoded);
      await steps.read([1]);
      await steps.branch([0, 0], [319, 450]);
      await steps.branch([1, 0, 1], [4996, 2217, 2217]);
      const logits = await steps.branch([0, 1, 2], [17_354, 1873, 1873]);
      const size = steps.vocabularySize;
      const beside = texts.map((_, row) => likeliestOf(logits.subarray(row * size, (row + 1) * size)));
      await model.close();
      expect(beside.map(({ token }) => token)).toEqual(alone.map(({ token }) => token));
      beside.forEach(({ logit }, row) => expect(Math.abs(logit - alone[row]!.logit)).toBeLessThan(0.5));
      expect(new Set(alone.map(({ logit }) => logit)).size).toBe(3);
    }
  });

  test('a prepared graph that was damaged is made again', async () => {
    const step = join(await preparedFolder(), 'step.onnx');
    const whole = await readFile(step);
    await writeFile(step, 'no graph');
    expect(await create()).toEqual({ text: SENTENCE, lines: [] });
    expect((await readFile(step)).length).toBe(whole.length);
  });

  test('a prepared graph that does not load is replaced, and meanwhile the published one runs', async () => {
    await writeFile(join(await preparedFolder(), 'step.onnx'), 'no graph');
    await seal(await preparedFolder());
    const { text, lines } = await create();
    expect(text).toBe(SENTENCE);
    expect(lines.join()).toContain('runs as published');
    expect(await create()).toEqual({ text: SENTENCE, lines: [] });
  });

  test('a graph that was found unfaithful is not used', async () => {
    const finding = 'tokens differ';
    await writeFile(
      join(await preparedFolder(), 'report.json'),
      JSON.stringify({
        encoder: { faithful: true, finding: 'fine' },
        'encoder-exact': { faithful: true, finding: 'fine' },
        decoder: { faithful: false, finding, multiToken: true, broadcastsEncoder: true },
      }),
    );
    await seal(await preparedFolder());
    const { text, lines } = await create();
    expect(text).toBe(SENTENCE);
    expect(lines.join()).toContain(finding);
  });

  const preparedFolder = async (): Promise<string> => {
    const [made = ''] = await readdir(join(folder, 'prepared'));
    return join(folder, 'prepared', made);
  };

  /** Makes the checksums those of the files as they are. */
  async function seal(prepared: string): Promise<void> {
    const names = (await readdir(prepared)).filter((name) => name !== 'sha256.json').toSorted();
    const sums: Record<string, string> = {};
    for (const name of names)
      sums[name] = createHash('sha256')
        .update(await readFile(join(prepared, name)))
        .digest('hex');
    await writeFile(join(prepared, 'sha256.json'), JSON.stringify(sums));
  }

  test('files that are no model are told as such', async () => {
    await writeFile(copy.files['encoder']!, 'no graph');
    await rm(join(folder, 'prepared'), { recursive: true });
    await mkdir(join(folder, 'prepared'));
    await expect(create()).rejects.toMatchObject({
      code: 'ERR_MODEL_FILES',
      message: expect.stringContaining(copy.files['encoder']!),
    });
  });
});
