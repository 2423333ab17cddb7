// Which tensor a name of OpenAI, and so of ggml, means in Hugging Face's names.

const parts: readonly (readonly [RegExp, string])[] = [
  [/^(encoder|decoder)\.positional_embedding$/, '$1.embed_positions.weight'],
  [/^decoder\.token_embedding\.weight$/, 'decoder.embed_tokens.weight'],
  [/^encoder\.ln_post\./, 'encoder.layer_norm.'],
  [/^decoder\.ln\./, 'decoder.layer_norm.'],
  [/\.blocks\./, '.layers.'],
  [/\.cross_attn_ln\./, '.encoder_attn_layer_norm.'],
  [/\.attn_ln\./, '.self_attn_layer_norm.'],
  [/\.mlp_ln\./, '.final_layer_norm.'],
  [/\.mlp\.0\./, '.fc1.'],
  [/\.mlp\.2\./, '.fc2.'],
  [/\.cross_attn\./, '.encoder_attn.'],
  [/\.attn\./, '.self_attn.'],
  [/_attn\.query\./, '_attn.q_proj.'],
  [/_attn\.key\./, '_attn.k_proj.'],
  [/_attn\.value\./, '_attn.v_proj.'],
  [/_attn\.out\./, '_attn.out_proj.'],
];

/** A name that is not one of OpenAI's comes back as it is. */
export const ggmlName = (name: string): string =>
  parts.reduce((renamed, [pattern, replacement]) => renamed.replace(pattern, replacement), name);
