// How the straightforward loop competes: the decoding loop that is published with the model, over the published
// graphs, with ONNX Runtime's defaults. After `model.ts` of @moonshine-ai/moonshine-js 0.1.29 (MIT).

import llama from 'llama-tokenizer-js';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { serve } from '../dist/latency/contenders/serve.js';

// What is measured reports nothing to anybody.
process.env.ORT_DISABLE_TELEMETRY = '1';

const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
const START = 1;
const END = 2;
const TOKENS_PER_SECOND = 6;

serve(async ({ graphs }) => {
  const encoder = await InferenceSession.create(graphs.encoder);
  const decoder = await InferenceSession.create(graphs.decoder);

  async function tokensOf(samples) {
    const encoded = await encoder.run({ [encoder.inputNames[0]]: new Tensor('float32', samples, [1, samples.length]) });
    const hidden = encoded[encoder.outputNames[0]];
    const past = {};
    for (let layer = 0; layer < LAYERS; layer += 1)
      for (const side of ['decoder', 'encoder'])
        for (const what of ['key', 'value'])
          past[`past_key_values.${layer}.${side}.${what}`] = new Tensor('float32', new Float32Array(0), [
            0,
            HEADS,
            1,
            HEAD_SIZE,
          ]);

    const tokens = [];
    const mostTokens = Math.trunc((samples.length / 16_000) * TOKENS_PER_SECOND);
    for (let last = START; tokens.length < mostTokens;) {
      const first = tokens.length === 0;
      const out = await decoder.run({
        input_ids: new Tensor('int64', BigInt64Array.of(BigInt(last)), [1, 1]),
        encoder_hidden_states: hidden,
        use_cache_branch: new Tensor('bool', [!first], [1]),
        ...past,
      });
      last = argMax(out.logits.data);
      if (last === END) break;
      tokens.push(last);
      for (const name of Object.keys(past))
        if (first || name.includes('decoder')) past[name] = out[name.replace('past_key_values', 'present')];
    }
    return tokens;
  }

  return {
    async read({ samples }) {
      const startedAtMs = performance.now();
      const tokens = await tokensOf(samples);
      const text = llama
        .decode(
          tokens.filter((token) => token > END && token < 32_000),
          false,
          false,
        )
        .trim();
      return { text, ms: { text: performance.now() - startedAtMs } };
    },
  };
});

function argMax(values) {
  let best = 0;
  for (let index = 1; index < values.length; index += 1) if (values[index] > values[best]) best = index;
  return best;
}
