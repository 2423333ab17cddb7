// What the merged decoders of the tests are: of Whisper's shape as optimum exports, merges and quantizes it, tiny, with made-up weights.

import { writeModel } from '../src/graph/model.ts';
import type { Graph, Node, Tensor as Constant, ValueInfo } from '../src/graph/model.ts';
import { BOOL, constant, FLOAT, graph, INT64, INT8, node, random, UINT8, value, wholeNumbers } from './graphs.ts';

export const HIDDEN = 16;
export const WORDS = 64;
const LAYERS = 2;
const HEADS = 2;
const SIZE = HIDDEN / HEADS;
const INNER = 2 * HIDDEN;
const POSITIONS = 48;
/** So much that a text does not repeat its first token for ever. */
const PLACE_SPREAD = 3;
const LOWEST = -3.4e38;

/** In what exporters differ. */
export interface Export {
  /** `bytes`: DynamicQuantizeLinear → MatMulInteger → Cast → Mul, as onnxruntime's quantize_dynamic writes it. */
  readonly weights: 'float' | 'bytes';
  /** The output projection: the embedding, turned at every token, or a matrix of its own. */
  readonly projection: 'embedding' | 'own';
  readonly norm: 'nine operators' | 'one operator';
  /** A stretch of the table, rows of it, or rows that the caller names (`cache_position`). */
  readonly positions: 'slice' | 'gather' | 'given';
  /** Older exports join batch and heads to one axis. */
  readonly attention: 'by head' | 'batch and heads joined';
  /** Whether the branch with past hides what comes behind a token; older exports know one token there. */
  readonly hidesAhead: boolean;
  /** What the branch with past gives for the audio's caches: optimum fills in empty constants. */
  readonly audioCaches: 'passed on' | 'empty';
}

export const recent: Export = {
  weights: 'bytes',
  projection: 'embedding',
  norm: 'one operator',
  positions: 'slice',
  attention: 'by head',
  hidesAhead: true,
  audioCaches: 'passed on',
};

/** The whole file. */
export function mergedDecoder(kind: Export): Uint8Array {
  return writeModel({
    irVersion: 8,
    opsetImport: [{ version: 17 }],
    functions: [],
    graph: mergedGraph(kind),
  });
}

export function mergedGraph(kind: Export): Graph {
  const weights = new Weights(kind);
  const withPast = branch(kind, weights, true);
  const withoutPast = branch(kind, weights, false);
  const outputs = outputInfos();
  const choice = node(
    'If',
    ['use_cache_branch'],
    outputs.map(({ name }) => name),
    { then_branch: withPast, else_branch: withoutPast },
  );
  return graph({
    node: [{ ...choice, name: 'optimum::if' }],
    initializer: weights.all(),
    input: inputInfos(kind),
    output: outputs,
  });
}

const layers = Array.from({ length: LAYERS }, (_, layer) => layer);
const caches = (side: 'past_key_values' | 'present', layer: number) => ({
  decoder: { key: `${side}.${layer}.decoder.key`, value: `${side}.${layer}.decoder.value` },
  encoder: { key: `${side}.${layer}.encoder.key`, value: `${side}.${layer}.encoder.value` },
});

/** Names of sizes as optimum gives them. */
function inputInfos({ positions }: Export): ValueInfo[] {
  const cache = (name: string, length: string): ValueInfo => value(name, FLOAT, ['batch_size', HEADS, length, SIZE]);
  return [
    value('input_ids', INT64, ['batch_size', 'decoder_sequence_length']),
    value('encoder_hidden_states', FLOAT, ['batch_size', 'encoder_sequence_length / 2', HIDDEN]),
    ...layers.flatMap((layer) => {
      const { decoder, encoder } = caches('past_key_values', layer);
      return [
        cache(decoder.key, 'past_decoder_sequence_length'),
        cache(decoder.value, 'past_decoder_sequence_length'),
        cache(encoder.key, 'encoder_sequence_length_out'),
        cache(encoder.value, 'encoder_sequence_length_out'),
      ];
    }),
    ...(positions === 'given' ? [value('cache_position', INT64, ['decoder_sequence_length'])] : []),
    value('use_cache_branch', BOOL, [1]),
  ];
}

function outputInfos(): ValueInfo[] {
  const cache = (name: string, length: string): ValueInfo => value(name, FLOAT, ['batch_size', HEADS, length, SIZE]);
  return [
    value('logits', FLOAT, ['batch_size', 'decoder_sequence_length', WORDS]),
    ...layers.flatMap((layer) => {
      const { decoder, encoder } = caches('present', layer);
      return [
        cache(decoder.key, 'past_decoder_sequence_length + 1'),
        cache(decoder.value, 'past_decoder_sequence_length + 1'),
        cache(encoder.key, 'encoder_sequence_length_out'),
        cache(encoder.value, 'encoder_sequence_length_out'),
      ];
    }),
  ];
}

/** Constants that both branches share, each made when it is first asked for; always the same for a name. */
class Weights {
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

/** What the layers of a branch have to know. */
interface Reading {
  readonly kind: Export;
  readonly layer: number;
  readonly withPast: boolean;
  readonly mask: string | undefined;
}

function branch(kind: Export, weights: Weights, withPast: boolean): Graph {
  const to = new Wiring(weights, kind, withPast ? 'with_past' : 'without_past');
  const batch = to.size('input_ids', 0);
  const tokens = to.size('input_ids', 1);
  const past = withPast ? to.size(caches('past_key_values', 0).decoder.key, 2) : to.whole(0);
  const positions = positionsOf(to, kind, { past, tokens });
  let hidden = to.op('Add', [to.lookUp('embed_tokens.weight', [WORDS, HIDDEN], { rows: 'input_ids' }), positions]);
  const hides = !withPast || kind.hidesAhead;
  const mask = hides ? maskOf(to, { batch, past, tokens }) : undefined;
  for (const layer of layers) hidden = layerOf(to, hidden, { kind, layer, withPast, mask });
  hidden = to.norm(hidden, 'layer_norm');
  to.named(projected(to, kind, hidden), 'logits');
  return graph({
    name: withPast ? 'with_past' : 'no_past',
    node: to.nodes,
    output: outputInfos().map(({ name }) => ({ name })),
  });
}

function positionsOf(to: Wiring, { positions }: Export, { past, tokens }: { past: string; tokens: string }): string {
  if (positions === 'given')
    return to.lookUp('embed_positions.weight', [POSITIONS, HIDDEN], { rows: 'cache_position', spread: PLACE_SPREAD });
  const end = to.op('Add', [past, tokens]);
  if (positions === 'gather') {
    const rows = to.op('Range', [past, end, to.whole(1)]);
    return to.lookUp('embed_positions.weight', [POSITIONS, HIDDEN], { rows, spread: PLACE_SPREAD });
  }
  const table = to.weights.floats('embed_positions.weight', [POSITIONS, HIDDEN], { spread: PLACE_SPREAD });
  const edges = [past, end].map((edge) => to.op('Unsqueeze', [edge, to.wholes([0])]));
  return to.op('Slice', [table, ...edges, to.wholes([0]), to.wholes([1])]);
}

/** 0 for what a token may look at, the lowest number for what comes behind it. */
function maskOf(to: Wiring, { batch, past, tokens }: { batch: string; past: string; tokens: string }): string {
  const end = to.op('Add', [past, tokens]);
  const places = to.op('Unsqueeze', [to.op('Range', [past, end, to.whole(1)]), to.wholes([1])]);
  const all = to.op('Unsqueeze', [to.op('Range', [to.whole(0), end, to.whole(1)]), to.wholes([0])]);
  const hidden = to.op('Where', [to.op('Greater', [all, places]), to.number(LOWEST), to.number(0)]);
  const flat = to.op('Unsqueeze', [hidden, to.wholes([0, 1])]);
  return to.op('Expand', [flat, to.shape([batch, 1, tokens, end])]);
}

function layerOf(to: Wiring, hidden: string, { kind, layer, withPast, mask }: Reading): string {
  const name = (part: string): string => `layers.${layer}.${part}`;
  const [past, present] = [caches('past_key_values', layer), caches('present', layer)];

  const self = to.norm(hidden, name('self_attn_layer_norm'));
  const own = (part: 'key' | 'value'): string => {
    const fresh = to.heads(to.linear(self, name(`self_attn.${part}`), { bias: part === 'value' }), to.sizes(self));
    const grown = withPast ? to.op('Concat', [past.decoder[part], fresh], { axis: 2 }) : fresh;
    return to.named(grown, present.decoder[part]);
  };
  const ofText = { key: own('key'), value: own('value') };
  let sum = to.op('Add', [
    hidden,
    attend(to, self, { ...ofText, mask, name: name('self_attn'), joined: kind.attention !== 'by head' }),
  ]);

  const cross = to.norm(sum, name('encoder_attn_layer_norm'));
  const batch = to.sizes(cross)[0]!;
  const ofAudio = (part: 'key' | 'value'): string => {
    if (withPast) return past.encoder[part];
    const flat = to.linear('encoder_hidden_states', name(`encoder_attn.${part}`), { bias: part === 'value' });
    return to.named(to.heads(flat, [batch, -1]), present.encoder[part]);
  };
  const audio = { key: ofAudio('key'), value: ofAudio('value') };
  if (withPast) for (const part of ['key', 'value'] as const) to.giveAgain(kind, audio[part], present.encoder[part]);
  sum = to.op('Add', [
    sum,
    attend(to, cross, {
      ...audio,
      mask: undefined,
      name: name('encoder_attn'),
      joined: kind.attention !== 'by head',
    }),
  ]);

  const inner = to.linear(to.norm(sum, name('final_layer_norm')), name('fc1'), { to: INNER });
  return to.op('Add', [sum, to.linear(to.gelu(inner), name('fc2'), { from: INNER })]);
}

function attend(
  to: Wiring,
  x: string,
  {
    key,
    value: content,
    mask,
    name,
    joined,
  }: { key: string; value: string; mask: string | undefined; name: string; joined: boolean },
): string {
  const [batch, tokens] = to.sizes(x);
  const scaled = to.op('Mul', [to.linear(x, `${name}.query`), to.number(SIZE ** -0.5)]);
  const query = to.heads(scaled, [batch, tokens]);
  const looked = joined
    ? attendJoined(to, { query, key, content, mask, batch, tokens })
    : attendByHead(to, { query, key, content, mask });
  const turned = to.op('Transpose', [looked], { perm: [0, 2, 1, 3] });
  const flat = to.op('Reshape', [turned, to.shape([batch, tokens, HIDDEN])]);
  return to.linear(flat, `${name}.out`);
}

interface Look {
  readonly query: string;
  readonly key: string;
  readonly content: string;
  readonly mask: string | undefined;
}

function attendByHead(to: Wiring, { query, key, content, mask }: Look): string {
  const scores = to.op('MatMul', [query, to.op('Transpose', [key], { perm: [0, 1, 3, 2] })]);
  const seen = mask === undefined ? scores : to.op('Add', [scores, mask]);
  return to.op('MatMul', [to.op('Softmax', [seen], { axis: -1 }), content]);
}

function attendJoined(
  to: Wiring,
  { query, key, content, mask, batch, tokens }: Look & { batch: string; tokens: string },
): string {
  const all = to.op('Mul', [batch, to.whole(HEADS)]);
  const join = (x: string): string => to.op('Reshape', [x, to.shape([all, -1, SIZE])]);
  const [q, k, v] = [join(query), join(key), join(content)] as const;
  let scores = to.op('MatMul', [q, to.op('Transpose', [k], { perm: [0, 2, 1] })]);
  if (mask !== undefined) {
    const length = to.size(k, 1);
    const apart = to.op('Reshape', [scores, to.shape([batch, HEADS, tokens, length])]);
    scores = to.op('Reshape', [to.op('Add', [apart, mask]), to.shape([all, tokens, length])]);
  }
  const looked = to.op('MatMul', [to.op('Softmax', [scores], { axis: -1 }), v]);
  return to.op('Reshape', [looked, to.shape([batch, HEADS, tokens, SIZE])]);
}

function projected(to: Wiring, { weights, projection }: Export, hidden: string): string {
  if (projection === 'own') return to.linear(hidden, 'proj_out', { to: WORDS, bias: false });
  if (weights === 'float') {
    const embedding = to.weights.floats('embed_tokens.weight', [WORDS, HIDDEN]);
    return to.op('MatMul', [hidden, to.op('Transpose', [embedding], { perm: [1, 0] })]);
  }
  const { matrix, scale, zero } = to.weights.bytes('embed_tokens.weight', [WORDS, HIDDEN], 1);
  const turned = to.op('Transpose', [matrix], { perm: [1, 0] });
  return to.op('MatMul', [hidden, to.op('DequantizeLinear', [turned, scale, zero])]);
}

/** Writes down the nodes of one branch, in the operators that torch.onnx uses. */
class Wiring {
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
