// A model that cannot be prepared runs as it was published, and that what an earlier version left goes.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { never } from '@voiceinput/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  decode,
  loadRuntime,
  openExportedModel,
  speechModel,
  type Decoder,
  type ExportedModel,
} from '@voiceinput/onnx';
import type { LocatedModel } from '@voiceinput/plugin-api';
import type { InferenceSession } from 'onnxruntime-node';
import { writeModel, type Graph, type Node } from '../src/graph/model.ts';
import { BOOL, constant, FLOAT, graph, INT8, model, node, random, value, wholeNumbers } from './graphs.ts';
import { HIDDEN, recent, type Export } from './whisper-export.ts';
import { mergedGraph } from './whisper.ts';

const FRAMES = 40;
const marks = { prompt: [1], endToken: 2, threads: 1 };
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

async function located(decoder: Graph, before: Graph = encoder()): Promise<LocatedModel> {
  const files = { encoder: join(folder, 'encoder.onnx'), decoder: join(folder, 'decoder.onnx') };
  await writeFile(files.encoder, writeModel(model(before)));
  await writeFile(files.decoder, writeModel({ ...model(decoder), opsetImport: [{ version: 17 }] }));
  return { modelId: 'tiny-whisper', folder, files, fingerprint: 'f1', license: 'MIT' };
}

async function textOf(opened: ExportedModel, proposal: readonly number[] = []): Promise<number[]> {
  const steps = await opened.decoder.begin(await opened.encode(samples));
  const { tokens } = await decode(steps, { ...marks, maxTokens: 12, proposal }, never);
  await opened.close();
  return tokens;
}

const inFloats: Export = { ...recent, weights: 'float' };

test.each<[string, Export, { multiToken: boolean; broadcastsEncoder: boolean }]>([
  ['a recent export', inFloats, { multiToken: true, broadcastsEncoder: true }],
  ['one without a mask', { ...inFloats, hidesAhead: false }, { multiToken: false, broadcastsEncoder: true }],
  [
    'one with batch and heads joined',
    { ...inFloats, attention: 'batch and heads joined' },
    { multiToken: true, broadcastsEncoder: false },
  ],
])('%s is prepared, and what it can do is found out', async (_, kind, abilities) => {
  const tiny = await located(mergedGraph(kind));
  for (const start of ['first', 'second']) {
    const opened = await openExportedModel(tiny, marks, never);
    expect(opened.notPrepared, start).toBeUndefined();
    expect(opened.decoder.multiToken).toBe(abilities.multiToken);
    const published = await openExportedModel(tiny, { ...marks, published: true }, never);
    expect(await textOf(opened, [5, 6, 7])).toEqual(await textOf(published));
  }
  const [made = ''] = await readdir(join(folder, 'prepared'));
  const report: unknown = JSON.parse(await readFile(join(folder, 'prepared', made, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ decoder: abilities });
});

/** Rounds what it multiplies, and one column so loud that the exact product is another: 8 bits hide the first column. */
const roundingEncoder = (): Graph => {
  const identity = (row: number, column: number): number =>
    row === 0 ? 0 : row === column || (row === 1 && column === 0) ? 100 : 0;
  const weights = Array.from({ length: HIDDEN * HIDDEN }, (_, at) => identity(Math.floor(at / HIDDEN), at % HIDDEN));
  const plain = encoder();
  return {
    ...plain,
    node: [
      ...plain.node.slice(0, 2),
      node('Mul', ['frames', 'factors'], ['x']),
      node('DynamicQuantizeLinear', ['x'], ['bytes', 'x_scale', 'x_zero']),
      node('MatMulInteger', ['bytes', 'weights', 'x_zero', 'weights_zero'], ['product']),
      node('Cast', ['product'], ['cast'], { to: FLOAT }),
      node('Mul', ['x_scale', 'weights_scale'], ['scale']),
      node('Mul', ['cast', 'scale'], ['last_hidden_state']),
    ],
    initializer: [
      ...plain.initializer,
      constant(
        'factors',
        FLOAT,
        [HIDDEN],
        Array.from({ length: HIDDEN }, (_, index) => (index === 0 ? 60 : 1)),
      ),
      constant('weights', INT8, [HIDDEN, HIDDEN], weights),
      constant('weights_zero', INT8, [], [0]),
      constant('weights_scale', FLOAT, [], [0.01]),
    ],
  };
};

test.each([
  ['rounding one first', [true, false]],
  ['exact one first', [false, true]],
])('each encoder is judged by itself, whichever is opened first: the %s', async (_, order) => {
  const tiny = await located(mergedGraph(inFloats), roundingEncoder());
  const found: Record<string, string | undefined> = {};
  for (const int8Encoder of order) {
    const opened = await openExportedModel(tiny, { ...marks, int8Encoder }, never);
    found[String(int8Encoder)] = opened.notPrepared;
    await opened.close();
  }
  expect(found).toEqual({ true: undefined, false: expect.stringMatching(/^encoder: its output differs by \d+/) });
});

test('a frontend makes what the encoder takes', async () => {
  const { Tensor } = await loadRuntime();
  const louder = (clip: Float32Array) => ({
    samples: new Tensor(
      'float32',
      clip.map((sample) => 2 * sample),
      [1, clip.length],
    ),
  });
  const tiny = await located(mergedGraph(inFloats));
  const [plain, doubled] = [
    await openExportedModel(tiny, marks, never),
    await openExportedModel(tiny, { ...marks, frontend: louder }, never),
  ];
  const [{ encoder_hidden_states: once }, { encoder_hidden_states: twice }] = [
    await plain.encode(samples),
    await doubled.encode(samples),
  ];
  expect(doubled.notPrepared).toBeUndefined();
  expect(Array.from(twice!.data as Float32Array)).toEqual(Array.from(once!.data as Float32Array, (value) => 2 * value));
  await Promise.all([plain.close(), doubled.close()]);
});

test('a model lets go of its decoder also when its encoder cannot be released', async () => {
  const closed: string[] = [];
  const broken = { release: () => Promise.reject(new Error('busy')) } as unknown as InferenceSession;
  const decoder: Decoder = {
    multiToken: true,
    begin: () => Promise.reject(new Error('not asked for')),
    close: async () => void closed.push('decoder'),
  };
  const model = speechModel({ frontend: () => ({}), encoder: broken, decoder });
  await expect(model.close()).rejects.toThrow('busy');
  expect(closed).toEqual(['decoder']);
});

test('texts side by side are right where the sound has to be repeated for each', async () => {
  const tiny = await located(mergedGraph({ ...inFloats, attention: 'batch and heads joined' }));
  const last: Float32Array[] = [];
  for (const published of [false, true]) {
    const opened = await openExportedModel(tiny, { ...marks, published }, never);
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
  const opened = await openExportedModel(tiny, marks, never);
  expect(opened.notPrepared).toContain(reason);
  const published = await openExportedModel(tiny, { ...marks, published: true }, never);
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
  expect(() => prepareDecoder(bytes, { signedInt8: false })).toThrow(reason);
});

test('what an earlier version prepared goes when a new one is filled, and only then', async () => {
  const tiny = await located(mergedGraph(inFloats));
  const old = join(folder, 'prepared', 'f0-1-1.0.0');
  const leave = async (): Promise<void> => {
    await mkdir(old, { recursive: true });
    await writeFile(join(old, 'step.onnx'), 'graph');
  };
  await leave();
  await (await openExportedModel(tiny, marks, never)).close();
  const left = await readdir(join(folder, 'prepared'));
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^f1-/);
  await leave();
  await (await openExportedModel(tiny, marks, never)).close();
  expect(await readdir(join(folder, 'prepared'))).toHaveLength(2);
});
