// Which tensors a variable of CTranslate2 holds, in Hugging Face's names.

/** A variable and the tensors that its rows hold, one after the other; undefined where rows mean nothing. */
interface Meaning {
  readonly name: string;
  readonly parts: readonly (string | undefined)[];
}

const whole: readonly (readonly [RegExp, string])[] = [
  [/^(encoder|decoder)\/position_encodings\/encodings$/, '$1.embed_positions.weight'],
  [/^decoder\/embeddings(?:_0)?\/weight$/, 'decoder.embed_tokens.weight'],
  [/^encoder\/(conv[12])\/(weight|bias)$/, 'encoder.$1.$2'],
];

const norms: Record<string, string> = { gamma: 'weight', beta: 'bias' };

const layerNorms: Record<string, string> = {
  self_attention: 'self_attn_layer_norm',
  attention: 'encoder_attn_layer_norm',
  ffn: 'final_layer_norm',
};

const linears: Record<string, readonly string[]> = {
  'self_attention/linear_0': ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
  'self_attention/linear_1': ['self_attn.out_proj'],
  'attention/linear_0': ['encoder_attn.q_proj'],
  'attention/linear_1': ['encoder_attn.k_proj', 'encoder_attn.v_proj'],
  'attention/linear_2': ['encoder_attn.out_proj'],
  'ffn/linear_0': ['fc1'],
  'ffn/linear_1': ['fc2'],
};

/** Variables that are neither weights nor biases (scales, settings, the projection that repeats the embedding) are left out. */
export function namesInCtranslate2(variables: ReadonlyMap<string, unknown>): Meaning[] {
  return [...variables.keys()].flatMap((name): Meaning[] => {
    const parts = partsOf(name);
    return parts.length === 0 ? [] : [{ name, parts }];
  });
}

function partsOf(name: string): readonly (string | undefined)[] {
  for (const [pattern, meaning] of whole) if (pattern.test(name)) return [name.replace(pattern, meaning)];
  const norm = /^(encoder|decoder)\/(?:layer_(\d+)\/(\w+)\/)?layer_norm\/(gamma|beta)$/.exec(name);
  if (norm) {
    const [, side, layer, part = '', kind = ''] = norm;
    const place = layer === undefined ? 'layer_norm' : `layers.${layer}.${layerNorms[part] ?? part}`;
    return [`${side}.${place}.${norms[kind]}`];
  }
  const linear = /^(encoder|decoder)\/layer_(\d+)\/(\w+\/linear_\d)\/(weight|bias)$/.exec(name);
  if (!linear) return [];
  const [, side, layer, part = '', kind] = linear;
  // A bias of keys changes nothing: softmax is blind to what all keys share. Whisper has none, here it is stored as zeros.
  return (linears[part] ?? []).map((linearName) =>
    kind === 'bias' && linearName.endsWith('k_proj') ? undefined : `${side}.layers.${layer}.${linearName}.${kind}`,
  );
}
