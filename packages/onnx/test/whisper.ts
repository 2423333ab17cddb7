// What the merged decoders of the tests are: of Whisper's shape as optimum exports, merges and quantizes it, tiny, with made-up weights.

import { writeModel } from '../src/graph/model.ts';
import type { Graph, ValueInfo } from '../src/graph/model.ts';
import { BOOL, FLOAT, graph, INT64, node, value } from './graphs.ts';
import { HEADS, HIDDEN, LAYERS, SIZE, WORDS, type Export } from './whisper-export.ts';
import { Weights, Wiring } from './whisper-wiring.ts';

const INNER = 2 * HIDDEN;
const POSITIONS = 48;
/** So much that a text does not repeat its first token for ever. */
const PLACE_SPREAD = 3;
const LOWEST = -3.4e38;

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
