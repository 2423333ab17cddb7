// How @huggingface/transformers competes: `generate` of its Moonshine class on the same graph files, as its
// speech recognition pipeline calls it. The pipeline itself needs a tokenizer.json that is not published with these files.

import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, MoonshineFeatureExtractor, MoonshineForConditionalGeneration } from '@huggingface/transformers';
import llama from 'llama-tokenizer-js';
import { serve } from '../dist/latency/contenders/serve.js';

const SAMPLE_RATE_HZ = 16_000;
const END = 2;

/** What the library has to know of the graphs; they are published without it. */
const config = {
  model_type: 'moonshine',
  architectures: ['MoonshineForConditionalGeneration'],
  is_encoder_decoder: true,
  hidden_size: 288,
  encoder_num_hidden_layers: 6,
  decoder_num_hidden_layers: 6,
  encoder_num_attention_heads: 8,
  decoder_num_attention_heads: 8,
  encoder_num_key_value_heads: 8,
  decoder_num_key_value_heads: 8,
  vocab_size: 32_768,
  bos_token_id: 1,
  eos_token_id: END,
  decoder_start_token_id: 1,
};

serve(async ({ graphs }) => {
  env.allowRemoteModels = false;
  const model = await MoonshineForConditionalGeneration.from_pretrained(await folderOf(graphs), {
    dtype: 'q8',
    local_files_only: true,
  });
  const extract = new MoonshineFeatureExtractor({});

  return {
    async read({ samples }) {
      const startedAtMs = performance.now();
      const inputs = await extract(samples);
      // The pipeline's own limit.
      const max_new_tokens = Math.floor(samples.length / SAMPLE_RATE_HZ) * 6;
      const [row] = await model.generate({ max_new_tokens, ...inputs });
      const tokens = row.tolist().map(Number);
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

/** The folder layout that the library loads 8-bit graphs from. */
async function folderOf({ encoder, decoder }) {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'onnx'));
  await symlink(encoder, join(folder, 'onnx', 'encoder_model_quantized.onnx'));
  await symlink(decoder, join(folder, 'onnx', 'decoder_model_merged_quantized.onnx'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}
