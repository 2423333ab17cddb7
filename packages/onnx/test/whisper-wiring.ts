// How a branch of the merged decoders of the tests is written down: its constants and its nodes.

import type { Node, Tensor as Constant } from '../src/graph/model.ts';
import { constant, FLOAT, INT8, node, random, UINT8, wholeNumbers } from './graphs.ts';
import { HEADS, HIDDEN, SIZE, type Export } from './whisper-export.ts';

/** Constants that both branches share, each made when it is first asked for; always the same for a name. */
export class Weights {
  readonly #made = new Map<string, Constant>();
  readonly #kind: Export;

  constructor(kind: Export) {
    this.#kind = kind;
  }

  all(): Constant[] {
    return [...this.#made.values()];
  }

  floats(name: string, dims: number[], { spread = 1, around = 0 } = {}): string {
    return this.#keep(name, () => constant(name, FLOAT, dims, numbersOf(name, dims, { spread, around })));
  }

  /** A matrix as bytes; gives its name, that of its scale and that of its zero point. */
  bytes(name: string, dims: number[], spread: number): { matrix: string; scale: string; zero: string } {
    const signed = this.#kind.projection === 'own';
    const zeroPoint = signed ? 0 : 131;
    const step = spread / 124;
    const matrix = `${name}_quantized`;
    const scale = `${name}_scale`;
    const zero = `${name}_zero_point`;
    const type = signed ? INT8 : UINT8;
    this.#keep(matrix, () => {
      const numbers = numbersOf(name, dims, { spread, around: 0 }).map(
        (number) => Math.round(number / step) + zeroPoint,
      );
      return constant(matrix, type, dims, numbers);
    });
    this.#keep(scale, () => constant(scale, FLOAT, [], [step]));
    this.#keep(zero, () => constant(zero, type, [], [zeroPoint]));
    return { matrix, scale, zero };
  }

  #keep(name: string, make: () => Constant): string {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return name;
  }
}

function numbersOf(name: string, dims: number[], { spread, around }: { spread: number; around: number }): number[] {
  const count = dims.reduce((product, dim) => product * dim, 1);
  const seed = Buffer.from(name).reduce((sum, byte) => Math.imul(sum ^ byte, 16_777_619), 7);
  return random(count, seed).map((number) => around + spread * number);
}

/** Writes down the nodes of one branch, in the operators that torch.onnx uses. */
export class Wiring {
  nodes: Node[] = [];
  readonly weights: Weights;
  readonly #kind: Export;
  readonly #name: string;
  readonly #quantized = new Map<string, readonly string[]>();

  constructor(weights: Weights, kind: Export, name: string) {
    this.weights = weights;
    this.#kind = kind;
    this.#name = name;
  }

  op(opType: string, input: string[], attributes: Parameters<typeof node>[3] = {}): string {
    const output = this.#fresh(opType);
    this.nodes.push(node(opType, input, [output], attributes));
    return output;
  }

  /** Calls a value so that has been computed already. */
  named(from: string, to: string): string {
    const rename = (names: string[]): string[] => names.map((name) => (name === from ? to : name));
    this.nodes = this.nodes.map((entry) => ({ ...entry, input: rename(entry.input), output: rename(entry.output) }));
    return to;
  }

  giveAgain({ audioCaches }: Export, cache: string, output: string): void {
    if (audioCaches === 'passed on') this.nodes.push(node('Identity', [cache], [output]));
    else this.nodes.push(node('Constant', [], [output], { value: constant('', FLOAT, [0, HEADS, 1, SIZE], []) }));
  }

  number = (number: number): string => this.op('Constant', [], { value: constant('', FLOAT, [], [number]) });
  whole = (number: number): string => this.op('Constant', [], { value: wholeNumbers('', [], [number]) });
  wholes = (numbers: number[]): string =>
    this.op('Constant', [], { value: wholeNumbers('', [numbers.length], numbers) });

  size(x: string, axis: number): string {
    return this.op('Gather', [this.op('Shape', [x]), this.whole(axis)], { axis: 0 });
  }

  /** Batch and tokens of hidden states. */
  sizes = (x: string): [string, string] => [this.size(x, 0), this.size(x, 1)];

  shape(sizes: (string | number)[]): string {
    const parts = sizes.map((size) =>
      typeof size === 'number' ? this.wholes([size]) : this.op('Unsqueeze', [size, this.wholes([0])]),
    );
    return this.op('Concat', parts, { axis: 0 });
  }

  heads(x: string, [batch, length]: [string, string | number]): string {
    const split = this.op('Reshape', [x, this.shape([batch, length, HEADS, SIZE])]);
    return this.op('Transpose', [split], { perm: [0, 2, 1, 3] });
  }

  lookUp(name: string, dims: number[], { rows, spread = 1 }: { rows: string; spread?: number }): string {
    if (this.#kind.weights === 'float')
      return this.op('Gather', [this.weights.floats(name, dims, { spread }), rows], { axis: 0 });
    const { matrix, scale, zero } = this.weights.bytes(name, dims, spread);
    return this.op('DequantizeLinear', [this.op('Gather', [matrix, rows], { axis: 0 }), scale, zero]);
  }

  linear(x: string, name: string, { from = HIDDEN, to = HIDDEN, bias = true } = {}): string {
    const product = this.#product(x, name, [from, to]);
    return bias ? this.op('Add', [this.weights.floats(`${name}.bias`, [to], { spread: 0.2 }), product]) : product;
  }

  #product(x: string, name: string, dims: [number, number]): string {
    const spread = 2 / Math.sqrt(dims[0]);
    if (this.#kind.weights === 'float') return this.op('MatMul', [x, this.weights.floats(name, dims, { spread })]);
    const { matrix, scale, zero } = this.weights.bytes(name, dims, spread);
    const [bytes = '', xScale = '', xZero = ''] = this.#rounded(x);
    const sum = this.op('Cast', [this.op('MatMulInteger', [bytes, matrix, xZero, zero])], { to: FLOAT });
    return this.op('Mul', [sum, this.op('Mul', [xScale, scale])]);
  }

  /** The quantizer rounds each value once, however many read it. */
  #rounded(x: string): readonly string[] {
    const known = this.#quantized.get(x);
    if (known) return known;
    const outputs = ['bytes', 'scale', 'zero'].map((part) => this.#fresh(part));
    this.nodes.push(node('DynamicQuantizeLinear', [x], outputs));
    this.#quantized.set(x, outputs);
    return outputs;
  }

  norm(x: string, name: string): string {
    const scale = this.weights.floats(`${name}.weight`, [HIDDEN], { spread: 0.3, around: 1 });
    const bias = this.weights.floats(`${name}.bias`, [HIDDEN], { spread: 0.2 });
    if (this.#kind.norm === 'one operator') return this.op('LayerNormalization', [x, scale, bias], { axis: -1 });
    const centred = this.op('Sub', [x, this.op('ReduceMean', [x], { axes: [-1] })]);
    const variance = this.op('ReduceMean', [this.op('Pow', [centred, this.number(2)])], { axes: [-1] });
    const deviation = this.op('Sqrt', [this.op('Add', [variance, this.number(1e-5)])]);
    return this.op('Add', [this.op('Mul', [this.op('Div', [centred, deviation]), scale]), bias]);
  }

  gelu(x: string): string {
    const bell = this.op('Erf', [this.op('Div', [x, this.number(Math.SQRT2)])]);
    const weighted = this.op('Mul', [x, this.op('Add', [bell, this.number(1)])]);
    return this.op('Mul', [weighted, this.number(0.5)]);
  }

  #fresh(part: string): string {
    return `/${this.#name}/${part}_${this.nodes.length}_output_0`;
  }
}
