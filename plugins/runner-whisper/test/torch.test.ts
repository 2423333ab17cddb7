// A random model in the form that a training leaves it, with all that lies beside the weights: read here as PyTorch reads it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { speechLike } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hear } from '../src/decode/hearing.ts';
import { readText } from '../src/decode/text.ts';
import { openWhisper, type Whisper } from '../src/decode/whisper.ts';
import { importer } from '../src/import/importer.ts';
import { preparedModel } from '../src/import/prepared-model.ts';
import { randomModel, SMALL, type RandomModel } from './files/random-model.ts';
import { writeSafetensors } from './files/safetensors.ts';
import { writeSmallTokenizer } from './files/vocabulary.ts';

const { signal } = new AbortController();
const speech = speechLike(24_000);
/** The beginning of what PyTorch reads, as long as the runner lets a text of a clip this short become. */
const READ_BY_TORCH = [
  76, 245, 199, 103, 199, 133, 169, 125, 169, 52, 147, 249, 21, 125, 230, 117, 133, 117, 76, 103, 237, 245, 103, 103,
  117, 117, 117, 21, 43, 42,
];
const END = 260;

/** Random weights say one thing for ever; where places count more, they go on to others. */
function restless(): RandomModel {
  const name = 'decoder.embed_positions.weight';
  const model = new Map(randomModel(SMALL));
  const { shape, values } = model.get(name)!;
  return model.set(name, { shape, values: values.map((value) => 8 * value) });
}

/** What stands beside the weights of a Hugging Face folder. */
async function writeBeside(folder: string): Promise<void> {
  const write = (name: string, value: object): Promise<void> => writeFile(join(folder, name), JSON.stringify(value));
  const marks = { eos_token_id: END, bos_token_id: END, pad_token_id: END, decoder_start_token_id: END + 1 };
  await write('config.json', {
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    vocab_size: SMALL.vocabularySize,
    num_mel_bins: SMALL.mels,
    d_model: SMALL.width,
    encoder_layers: SMALL.encoderLayers,
    decoder_layers: SMALL.decoderLayers,
    encoder_attention_heads: SMALL.heads,
    decoder_attention_heads: SMALL.heads,
    encoder_ffn_dim: SMALL.feedForward,
    decoder_ffn_dim: SMALL.feedForward,
    ...marks,
    _name_or_path: 'voiceinput-fine-tuned',
  });
  const suppressed = { suppress_tokens: [END + 1, END + 2, END + 3], begin_suppress_tokens: [32, END] };
  await write('generation_config.json', {
    ...marks,
    ...suppressed,
    is_multilingual: true,
    no_timestamps_token_id: END + 9,
  });
  await write('tokenizer_config.json', { tokenizer_class: 'PreTrainedTokenizerFast', eos_token: '<|endoftext|>' });
  await write('preprocessor_config.json', {
    feature_extractor_type: 'WhisperFeatureExtractor',
    feature_size: SMALL.mels,
  });
}

let base: string;
let whisper: Whisper;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'runner-whisper-'));
  const [source, folder] = [join(base, 'source'), join(base, 'model')];
  await mkdir(source);
  await mkdir(folder);
  await writeSafetensors(source, restless(), 'F32');
  await writeSmallTokenizer(source);
  await writeBeside(source);
  await importer.import({ path: source, name: 'mine', folder, report: () => undefined }, signal);
  const prepared = await preparedModel(folder, { precision: 'float' }, signal);
  whisper = await openWhisper(prepared.folder, { threads: 1 });
});
afterAll(async () => {
  await whisper.model.close();
  await rm(base, { recursive: true });
});

async function readHere(): Promise<readonly number[]> {
  const hearing = await hear(whisper, speech, 'short');
  const { tokens } = await readText(whisper, { language: 'en', previous: [], proposal: [], beams: 1, hearing }, signal);
  return tokens;
}

test('the tokens are those that PyTorch reads', async () => {
  expect(await readHere()).toEqual(READ_BY_TORCH);
});

const environment = process.env['VOICEINPUT_FINE_TUNE_ENV'] ?? join(homedir(), '.cache/voiceinput-fine-tune');
const python = join(environment, 'bin/python');
const isProof = process.env['VOICEINPUT_FINE_TUNE'] !== undefined;

test.skipIf(!isProof)('PyTorch still reads them — run by pnpm prove, as it takes PyTorch', async () => {
  expect(existsSync(python), `${python} is made by: python3 tools/fine-tune setup`).toBe(true);
  const clip = join(base, 'clip.wav');
  await writeFile(clip, floatWav(speech));
  const program = resolve(import.meta.dirname, '../../../tools/fine-tune/tests_with_torch/read_tokens.py');
  const { stdout, stderr, status } = spawnSync(python, [program, join(base, 'source'), clip], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const read = JSON.parse(stdout.trim().split('\n').at(-1)!) as number[];
  expect(read.slice(0, READ_BY_TORCH.length)).toEqual(READ_BY_TORCH);
});

/** 16 000 Hz, mono, 32-bit floats. */
function floatWav(samples: Float32Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(3, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(64_000, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(32, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
