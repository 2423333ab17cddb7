// A model that cannot be prepared runs as it was published, and that what an earlier version left goes.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decode, openSpeechModel, type SpeechModel } from '@voiceinput/onnx';
import type { LocatedModel } from '@voiceinput/plugin-api';
import { writeModel, type Graph, type Node } from '../src/graph/model.ts';
import { BOOL, FLOAT, graph, model, node, random, value, wholeNumbers } from './graphs.ts';
import { HIDDEN, mergedGraph, recent, type Export } from './whisper.ts';

const FRAMES = 40;
const marks = { startToken: 1, endToken: 2, threads: 1 };
const never = new AbortController().signal;
const samples = Float32Array.from(random(2000, 8));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speech-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the first samples as they are. */
const encoder = (): Graph =>
  graph({
    node: [
      node('Slice', ['samples', 'start', 'end', 'axis'], ['first']),
      node('Reshape', ['first', 'shape'], ['frames']),
      node('Add', ['frames', 'frames'], ['last_hidden_state']),
    ],
    initializer: [
      wholeNumbers('start', [1], [0]),
      wholeNumbers('end', [1], [FRAMES * HIDDEN]),
      wholeNumbers('axis', [1], [1]),
      wholeNumbers('shape', [3], [1, FRAMES, HIDDEN]),
    ],
    input: [value('samples', FLOAT, ['batch_size', 'samples'])],
    output: [value('last_hidden_state', FLOAT, ['batch_size', 'frames', HIDDEN])],
  });

async function located(decoder: Graph): Promise<LocatedModel> {
  const files = { encoder: join(folder, 'encoder.onnx'), decoder: join(folder, 'decoder.onnx') };
  await writeFile(files.encoder, writeModel(model(encoder())));
  await writeFile(files.decoder, writeModel({ ...model(decoder), opsetImport: [{ version: 17 }] }));
  return { modelId: 'tiny-whisper', folder, files, fingerprint: 'f1', license: 'MIT' };
}

async function textOf(opened: SpeechModel, proposal: readonly number[] = []): Promise<number[]> {
  const steps = await opened.decoder.begin(await opened.encode(samples));
  const { tokens } = await decode(steps, { ...marks, maxTokens: 12, proposal }, never);
  await opened.close();
  return tokens;
}

const inFloats: Export = { ...recent, weights: 'float' };

test.each<[string, Export, { readsAhead: boolean; stretches: boolean }]>([
  ['a recent export', inFloats, { readsAhead: true, stretches: true }],
  ['one without a mask', { ...inFloats, hidesAhead: false }, { readsAhead: false, stretches: true }],
  [
    'one with batch and heads joined',
    { ...inFloats, attention: 'batch and heads joined' },
    { readsAhead: true, stretches: false },
  ],
])('%s is prepared, and what it can do is found out', async (_, kind, abilities) => {
  const tiny = await located(mergedGraph(kind));
  for (const start of ['first', 'second']) {
    const opened = await openSpeechModel(tiny, marks, never);
    expect(opened.notPrepared, start).toBeUndefined();
    expect(opened.decoder.readsAhead).toBe(abilities.readsAhead);
    const published = await openSpeechModel(tiny, { ...marks, published: true }, never);
    expect(await textOf(opened, [5, 6, 7])).toEqual(await textOf(published));
  }
  const [made = ''] = await readdir(join(folder, 'prepared'));
  expect(JSON.parse(await readFile(join(folder, 'prepared', made, 'report.json'), 'utf8'))).toMatchObject(abilities);
});

test('texts side by side are right where the sound has to be repeated for each', async () => {
  const tiny = await located(mergedGraph({ ...inFloats, attention: 'batch and heads joined' }));
  const last: Float32Array[] = [];
  for (const published of [false, true]) {
    const opened = await openSpeechModel(tiny, { ...marks, published }, never);
    const steps = await opened.decoder.begin(await opened.encode(samples));
    await steps.read([1]);
    await steps.branch([0, 0, 0], [5, 6, 7]);
    last.push(Float32Array.from(await steps.branch([2, 0], [8, 9])));
    await opened.close();
  }
  last[0]!.forEach((logit, index) => expect(logit).toBeCloseTo(last[1]![index]!, 3));
});

/** The decoder with its branch with past, or both, changed. */
function changed(change: (nodes: Node[]) => Node[], { both = false } = {}): Graph {
  const whole = mergedGraph(inFloats);
  for (const attribute of whole.node[0]!.attribute) {
    if (attribute.g && (both || attribute.name === 'then_branch')) attribute.g.node = change(attribute.g.node);
  }
  return whole;
}

const withoutCross = (): Graph => {
  const whole = mergedGraph(inFloats);
  const rename = (name: string): string => name.replace(/^past_key_values\.(\d)\.encoder/, 'memory.$1');
  whole.input = whole.input.map((input) => ({ ...input, name: rename(input.name) }));
  for (const { g } of whole.node[0]!.attribute) {
    if (g) g.node = g.node.map((entry) => ({ ...entry, input: entry.input.map(rename) }));
  }
  return whole;
};

/** Before the first normalization of each branch. */
const inserted = (make: (input: string, output: string) => Node) => (nodes: Node[]) => {
  const place = nodes.findIndex(({ opType }) => opType === 'LayerNormalization');
  const [input = '', ...rest] = nodes[place]!.input;
  const extra = make(input, `${input}_extra`);
  return [
    ...nodes.slice(0, place),
    extra,
    { ...nodes[place]!, input: [`${input}_extra`, ...rest] },
    ...nodes.slice(place + 1),
  ];
};

const choosing = (input: string, output: string): Node => {
  const inner = (factor: string): Graph =>
    graph({ name: factor, node: [node(factor, [input], [`${output}_inner`])], output: [{ name: `${output}_inner` }] });
  return node('If', ['use_cache_branch'], [output], { then_branch: inner('Identity'), else_branch: inner('Identity') });
};

test.each<[string, () => Graph, string]>([
  ['holds a choice in a branch', () => changed(inserted(choosing), { both: true }), 'holds another If'],
  [
    'has an operator whose sizes are not known',
    () =>
      changed(
        inserted((input, output) => node('Celu', [input], [output])),
        { both: true },
      ),
    'still reads input_ids',
  ],
  [
    'says something else with past',
    () => changed((nodes) => nodes.map((entry) => (entry.opType === 'Erf' ? { ...entry, opType: 'Neg' } : entry))),
    'logits differ',
  ],
])('a decoder that %s runs as published', async (_, make, reason) => {
  const tiny = await located(make());
  const opened = await openSpeechModel(tiny, marks, never);
  expect(opened.notPrepared).toContain(reason);
  const published = await openSpeechModel(tiny, { ...marks, published: true }, never);
  const text = await textOf(opened, [5, 6, 7]);
  expect(text).toEqual(await textOf(published));
  expect(text.length).toBeGreaterThan(0);
});

test.each<[string, () => Graph, string]>([
  [
    'that is not merged',
    () => graph({ ...mergedGraph(inFloats).node[0]!.attribute[0]!.g, input: [value('x', BOOL, [1])] }),
    'no branch with and without past',
  ],
  ['without caches for the sound', withoutCross, 'no cross-attention caches'],
])('a decoder %s is told as such', async (_, make, reason) => {
  const { prepareDecoder } = await import('../src/prepare/decoder.ts');
  const bytes = writeModel({ ...model(make()), opsetImport: [{ version: 17 }] });
  expect(() => prepareDecoder(bytes, { signed: false })).toThrow(reason);
});

test('what an earlier version prepared goes when a new one is filled, and only then', async () => {
  const tiny = await located(mergedGraph(inFloats));
  const old = join(folder, 'prepared', 'f0-1-1.0.0');
  const leave = async (): Promise<void> => {
    await mkdir(old, { recursive: true });
    await writeFile(join(old, 'step.onnx'), 'graph');
  };
  await leave();
  await (await openSpeechModel(tiny, marks, never)).close();
  const left = await readdir(join(folder, 'prepared'));
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^f1-/);
  await leave();
  await (await openSpeechModel(tiny, marks, never)).close();
  expect(await readdir(join(folder, 'prepared'))).toHaveLength(2);
});
