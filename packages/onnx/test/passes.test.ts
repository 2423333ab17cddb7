// Each pass keeps what a graph computes, and does what it is for.

import { expect, test } from 'vitest';
import { loadRuntime } from '@voiceinput/onnx';
import { readModel, writeModel } from '../src/graph/model.ts';
import { prune } from '../src/graph/wiring.ts';
import { assume, branchInput } from '../src/prepare/branches.ts';
import { multiplyInFloat } from '../src/prepare/float.ts';
import { fold } from '../src/prepare/fold.ts';
import { hoist } from '../src/prepare/hoist.ts';
import { PRODUCT, signedBytesAreExact } from '../src/prepare/machine.ts';
import { keepQuantized } from '../src/prepare/projection.ts';
import { fuseRotations } from '../src/prepare/rotation.ts';
import { scaleSteadySide } from '../src/prepare/scale.ts';
import { signMatrices } from '../src/prepare/signed.ts';
import type { Graph, Node, Tensor as Constant } from '../src/graph/model.ts';
import {
  BOOL,
  constant,
  FLOAT,
  floats,
  furthest,
  graph,
  INT32,
  INT64,
  INT8,
  model,
  node,
  operators,
  random,
  run,
  UINT8,
  value,
  wholeNumbers,
} from './graphs.ts';

const ROWS = 6;
const COLUMNS = 5;
const bytes = random(ROWS * COLUMNS).map((number) => Math.round((number + 1) * 127));

/** `x · W` in the forms in which exporters write a tied, quantized output projection. */
const projections: Record<string, { nodes: Node[]; matrix: Constant; scale: Constant; zero: Constant }> = {
  'transposed, then dequantized': {
    nodes: [node('Transpose', ['w'], ['t'], { perm: [1, 0] }), node('DequantizeLinear', ['t', 's', 'z'], ['d'])],
    matrix: constant('w', UINT8, [COLUMNS, ROWS], bytes),
    scale: constant('s', FLOAT, [], [0.02]),
    zero: constant('z', UINT8, [], [129]),
  },
  'dequantized by row, then transposed': {
    nodes: [
      node('DequantizeLinear', ['w', 's', 'z'], ['t'], { axis: 0 }),
      node('Transpose', ['t'], ['d'], { perm: [1, 0] }),
    ],
    matrix: constant('w', UINT8, [COLUMNS, ROWS], bytes),
    scale: constant('s', FLOAT, [COLUMNS], [0.01, 0.02, 0.03, 0.04, 0.05]),
    zero: constant('z', UINT8, [COLUMNS], [120, 125, 128, 130, 135]),
  },
  'dequantized by column': {
    nodes: [node('DequantizeLinear', ['w', 's', 'z'], ['d'], { axis: 1 })],
    matrix: constant(
      'w',
      INT8,
      [ROWS, COLUMNS],
      bytes.map((byte) => byte - 128),
    ),
    scale: constant('s', FLOAT, [COLUMNS], [0.01, 0.02, 0.03, 0.04, 0.05]),
    zero: constant('z', INT8, [COLUMNS], [-3, 0, 1, 2, 3]),
  },
};

function projection({ nodes, matrix, scale, zero }: (typeof projections)[string]): Graph {
  return graph({
    node: [...nodes, node('MatMul', ['x', 'd'], ['y'])],
    initializer: [matrix, scale, zero],
    input: [value('x', FLOAT, ['rows', ROWS])],
    output: [value('y', FLOAT, ['rows', COLUMNS])],
  });
}

test.each(Object.entries(projections))('a projection that is %s stays quantized', async (_, parts) => {
  const x = await floats([3, ROWS], random(3 * ROWS, 7));
  const before = await run(projection(parts), { x });
  const changed = projection(parts);
  expect(keepQuantized(changed, 1)).toBe(1);
  expect(operators(changed)).not.toContain('DequantizeLinear');
  const after = await run(changed, { x });
  // One step of the input's 8 bits, times the largest weight, times the terms of a sum.
  expect(furthest(before['y'], after['y'])).toBeLessThan((2 / 255 / 2) * 6.8 * ROWS);
  expect(furthest(before['y'], after['y'])).toBeGreaterThan(0);
});

test('a small matrix, and one with a scale for each row, are left alone', () => {
  const small = projection(projections['dequantized by column']!);
  expect(keepQuantized(small)).toBe(0);
  const byRow = {
    ...projections['dequantized by column']!,
    nodes: [node('DequantizeLinear', ['w', 's', 'z'], ['d'], { axis: 0 })],
  };
  expect(keepQuantized(projection(byRow), 1)).toBe(0);
});

test.each([
  ['with', true],
  ['without', false],
])('signed matrices give exactly the same product, %s a zero point', async (_, withZero) => {
  const { Tensor } = await loadRuntime();
  const product = (): Graph =>
    graph({
      node: [node('MatMulInteger', withZero ? ['x', 'w', 'a', 'z'] : ['x', 'w'], ['y'])],
      initializer: [
        constant('w', UINT8, [ROWS, COLUMNS], bytes),
        ...(withZero ? [constant('a', UINT8, [], [7]), constant('z', UINT8, [], [131])] : []),
      ],
      input: [value('x', UINT8, [2, ROWS])],
      output: [value('y', INT32, [2, COLUMNS])],
    });
  const changed = product();
  expect(signMatrices(changed)).toBe(1);
  expect(changed.initializer.find(({ dims }) => dims.length === 2)?.dataType).toBe(INT8);
  // Small enough that no processor overflows.
  const x = new Tensor(
    'uint8',
    Uint8Array.from(random(2 * ROWS, 3), (number) => Math.round((number + 1) * 30)),
    [2, ROWS],
  );
  expect((await run(changed, { x }))['y']?.data).toEqual((await run(product(), { x }))['y']?.data);
});

function merged(): Graph {
  const branch = (name: string, factor: string): Graph =>
    graph({
      name,
      node: [node('Mul', ['x', factor], ['y']), node('Add', ['y', 'one'], ['inner'])],
      output: [value('inner', FLOAT, ['n']), value('y', FLOAT, ['n'])],
    });
  return graph({
    node: [
      node('If', ['choice'], ['result', 'product'], {
        then_branch: branch('then', 'two'),
        else_branch: branch('else', 'three'),
      }),
    ],
    initializer: [constant('one', FLOAT, [], [1]), constant('two', FLOAT, [], [2]), constant('three', FLOAT, [], [3])],
    input: [value('x', FLOAT, ['n']), value('choice', BOOL, [1])],
    output: [value('result', FLOAT, ['n']), value('product', FLOAT, ['n'])],
  });
}

test('a merged graph comes apart into its branches, with what they use of the outer graph', async () => {
  const { Tensor } = await loadRuntime();
  const whole = model(merged());
  expect(branchInput(whole.graph)).toBe('choice');
  const x = await floats([3], [1, -2, 0.5]);
  for (const choice of [true, false]) {
    const part = assume(whole, 'choice', choice).graph;
    expect(part.input.map(({ name }) => name)).toEqual(['x']);
    expect(new Set(part.initializer.map(({ name }) => name))).toEqual(new Set(['one', choice ? 'two' : 'three']));
    const expected = await run(merged(), { x, choice: new Tensor('bool', [choice], [1]) });
    const results = await run(part, { x });
    expect(results['result']?.data).toEqual(expected['result']?.data);
    expect(results['product']?.data).toEqual(expected['product']?.data);
  }
  expect(operators(whole.graph)).toEqual(['If']);
});

test('shapes of which only batch and length are open are folded', async () => {
  const make = (): Graph =>
    graph({
      node: [
        node('Shape', ['x'], ['shape']),
        node('Gather', ['shape', 'zero'], ['batch'], { axis: 0 }),
        node('Unsqueeze', ['batch', 'first'], ['batches']),
        node('Concat', ['batches', 'minus', 'heads', 'size'], ['target'], { axis: 0 }),
        node('Reshape', ['x', 'target'], ['split']),
        node('Transpose', ['split'], ['turned'], { perm: [0, 2, 1, 3] }),
        node('Shape', ['turned'], ['turnedShape']),
        node('Slice', ['turnedShape', 'minus', 'end'], ['last']),
        node('Cast', ['last'], ['lastFloat'], { to: FLOAT }),
        node('Sqrt', ['lastFloat'], ['root']),
        node('Mul', ['turned', 'root'], ['y']),
      ],
      initializer: [
        wholeNumbers('zero', [], [0]),
        wholeNumbers('first', [1], [0]),
        wholeNumbers('minus', [1], [-1]),
        wholeNumbers('end', [1], [2 ** 53]),
        wholeNumbers('heads', [1], [2]),
        wholeNumbers('size', [1], [4]),
      ],
      input: [value('x', FLOAT, ['batch', 'length', 8])],
      output: [value('y', FLOAT, ['batch', 2, 'length', 4])],
    });
  const folded = make();
  fold(folded);
  expect(operators(folded)).toEqual(['Reshape', 'Transpose', 'Mul']);
  const x = await floats([2, 3, 8], random(48));
  expect((await run(folded, { x }))['y']).toEqual((await run(make(), { x }))['y']);
});

test('what depends on open sizes in earnest is not folded', async () => {
  const make = (): Graph =>
    graph({
      node: [
        node('Shape', ['x'], ['shape']),
        node('Gather', ['shape', 'one'], ['length'], { axis: 0 }),
        node('Add', ['length', 'one'], ['longer']),
        node('Range', ['one', 'longer', 'one'], ['y']),
      ],
      initializer: [wholeNumbers('one', [], [1])],
      input: [value('x', FLOAT, ['batch', 'length'])],
      output: [value('y', INT64, ['length'])],
    });
  const folded = make();
  fold(folded);
  const x = await floats([1, 4], random(4));
  expect((await run(folded, { x }))['y']?.data).toEqual(BigInt64Array.of(1n, 2n, 3n, 4n));
});

/** One attention product: `softmax(q·c · transpose(k)·c)`, k the same at every token. */
function attention(): { once: Graph; step: Graph } {
  return {
    once: graph({
      node: [node('Mul', ['sound', 'c'], ['present.k'])],
      initializer: [constant('c', FLOAT, [1], [0.7])],
      input: [value('sound', FLOAT, [1, 'frames', 4])],
      output: [value('present.k', FLOAT, [1, 'frames', 4])],
    }),
    step: graph({
      node: [
        node('Transpose', ['past.k'], ['turned'], { perm: [0, 2, 1] }),
        node('Mul', ['turned', 'c'], ['key']),
        node('Mul', ['q', 'c'], ['query']),
        node('MatMul', ['query', 'key'], ['scores']),
        node('Softmax', ['scores'], ['weights'], { axis: -1 }),
        node('MatMul', ['weights', 'past.k'], ['y']),
      ],
      initializer: [constant('c', FLOAT, [1], [0.7])],
      input: [value('q', FLOAT, [1, 'tokens', 4]), value('past.k', FLOAT, [1, 'frames', 4])],
      output: [value('y', FLOAT, [1, 'tokens', 4])],
    }),
  };
}

test('what is the same at every token moves to the graph that runs once', async () => {
  const sound = await floats([1, 9, 4], random(36));
  const q = await floats([1, 2, 4], random(8, 5));
  const plain = attention();
  const before = await run(plain.step, { q, 'past.k': (await run(plain.once, { sound }))['present.k']! });
  const { once, step } = attention();
  expect(scaleSteadySide(step, new Set(['past.k']))).toBe(1);
  hoist(step, once, new Map([['past.k', 'present.k']]));
  expect(operators(step)).toEqual(['MatMul', 'Softmax', 'MatMul']);
  expect(step.input).toHaveLength(3);
  const after = await run(step, { q, ...(await run(once, { sound })) });
  expect(furthest(before['y'], after['y'])).toBeLessThan(1e-6);
});

/** Rotates neighbouring pairs of the first four of six numbers by angles given for each token. */
function rotation(): Graph {
  return graph({
    node: [
      node('Cos', ['angles'], ['cosine']),
      node('Sin', ['angles'], ['sine']),
      node('Unsqueeze', ['cosine', 'one'], ['cos']),
      node('Unsqueeze', ['sine', 'one'], ['sin']),
      node('Slice', ['x', 'zero', 'four', 'last', 'one'], ['part']),
      node('Slice', ['x', 'four', 'end', 'last', 'one'], ['rest']),
      node('Slice', ['part', 'zero', 'end', 'last', 'two'], ['even']),
      node('Slice', ['part', 'one', 'end', 'last', 'two'], ['odd']),
      node('Neg', ['odd'], ['minus']),
      node('Unsqueeze', ['minus', 'inner'], ['a']),
      node('Unsqueeze', ['even', 'inner'], ['b']),
      node('Concat', ['a', 'b'], ['pairs'], { axis: -1 }),
      node('Reshape', ['pairs', 'shape'], ['turned']),
      node('Mul', ['part', 'cos'], ['straight']),
      node('Mul', ['turned', 'sin'], ['across']),
      node('Add', ['straight', 'across'], ['rotated']),
      node('Concat', ['rotated', 'rest'], ['y'], { axis: -1 }),
    ],
    initializer: [
      wholeNumbers('zero', [1], [0]),
      wholeNumbers('one', [1], [1]),
      wholeNumbers('two', [1], [2]),
      wholeNumbers('four', [1], [4]),
      wholeNumbers('end', [1], [2 ** 53]),
      wholeNumbers('last', [1], [3]),
      wholeNumbers('inner', [1], [-1]),
      wholeNumbers('shape', [4], [0, 2, 0, -1]),
    ],
    input: [value('x', FLOAT, ['batch', 2, 'tokens', 6]), value('angles', FLOAT, [1, 'tokens', 4])],
    output: [value('y', FLOAT, ['batch', 2, 'tokens', 6])],
  });
}

test('a rotation becomes one operator', async () => {
  const fused = rotation();
  expect(fuseRotations(fused)).toBe(1);
  expect(operators(fused)).toEqual(['Slice', 'Reshape', 'Cos', 'Sin', 'RotaryEmbedding']);
  const x = await floats([2, 2, 3, 6], random(72));
  const angles = await floats(
    [1, 3, 4],
    random(6, 9).flatMap((angle) => [angle, angle]),
  );
  expect(furthest((await run(fused, { x, angles }))['y'], (await run(rotation(), { x, angles }))['y'])).toBeLessThan(
    1e-6,
  );
});

test('what only looks like a rotation is left alone', () => {
  const swapped = rotation();
  swapped.node = swapped.node.map((entry) => (entry.opType === 'Neg' ? { ...entry, input: ['even'] } : entry));
  expect(fuseRotations(swapped)).toBe(0);
});

test('pruning keeps what graphs inside nodes read', () => {
  const outer = merged();
  outer.node.push(node('Neg', ['x'], ['unused']));
  outer.initializer.push(constant('four', FLOAT, [], [4]));
  prune(outer);
  expect(operators(outer)).toEqual(['If']);
  expect(outer.initializer.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
});

test('the machine is asked how it multiplies, with a model as the passes would write it', async () => {
  const open = (name: string, elemType: number) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: [{}, {}] } } },
  });
  const product = model(
    graph({
      name: 'product',
      node: [node('MatMulInteger', ['x', 'w'], ['y'])],
      input: [open('x', UINT8), open('w', INT8)],
      output: [open('y', INT32)],
    }),
  );
  product.opsetImport = [{ version: 14 }];
  expect(Buffer.from(writeModel(product)).toString('base64')).toBe(PRODUCT);
  expect(typeof (await signedBytesAreExact())).toBe('boolean');
});

test('a model survives being read and written', () => {
  const written = writeModel(model(merged()));
  expect(writeModel(readModel(written))).toEqual(written);
  expect(() => readModel(Buffer.from('not a model'))).toThrow();
  expect(() => readModel(new Uint8Array(0))).toThrow('not an ONNX model');
});

test('an integer product can be taken back to floats, with the stored weights', async () => {
  const plain = projection(projections['dequantized by column']!);
  keepQuantized(plain, 1);
  expect(multiplyInFloat(plain)).toBe(1);
  expect(operators(plain)).toEqual(['MatMul']);
  const x = random(3 * ROWS, 7);
  const { y } = await run(plain, { x: await floats([3, ROWS], x) });
  const weight = (row: number, column: number): number =>
    (bytes[row * COLUMNS + column]! - 128 - [-3, 0, 1, 2, 3][column]!) * (column + 1) * 0.01;
  const expected = Array.from({ length: 3 * COLUMNS }, (_, index) => {
    const [row, column] = [Math.floor(index / COLUMNS), index % COLUMNS];
    return Array.from({ length: ROWS }, (__, term) => x[row * ROWS + term]! * weight(term, column)).reduce(
      (a, b) => a + b,
    );
  });
  expect(furthest(y, await floats([3, COLUMNS], expected))).toBeLessThan(1e-5);
});
