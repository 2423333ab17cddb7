// Decides by measurement whether preparation and proposals change what is heard, and what they save.
//
// VOICEINPUT_EVAL_DIR=… node bench/equality.mjs [set] [most clips]
// The folder holds sets such as `speech/`, each with `manifest.jsonl` (id, audio, language) and its audio files.
// All ways run on the same clip after each other, so that other load of the machine hits them alike.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openModelStore } from '@voiceinput/models';
import { decode, openSpeechModel, tokenBudget } from '@voiceinput/onnx';
import source from '@voiceinput/source-file';
import vad from '@voiceinput/vad-silero';

const PADDING_SAMPLES = 2_400;
const folder = process.env['VOICEINPUT_EVAL_DIR'];
if (!folder) {
  console.error('Set VOICEINPUT_EVAL_DIR to a folder with real speech.');
  process.exit(2);
}
const [set = 'speech', most = 'Infinity'] = process.argv.slice(2);
const { signal } = new AbortController();
const models = openModelStore();
const context = { pluginId: 'bench', models, log: console.error };
const located = await models.locate('moonshine-tiny-en', signal);
const marks = { startToken: 1, endToken: 2 };
const prepared = await openSpeechModel(located, marks, signal);
const published = await openSpeechModel(located, { ...marks, published: true, keepMemory: true }, signal);
const detector = await vad.create({}, context, signal);

const lines = (await readFile(join(folder, set, 'manifest.jsonl'), 'utf8'))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const clips = lines.filter(({ language }) => language === undefined || language === 'en').slice(0, Number(most));
const ways = { published: [], prepared: [], verified: [], 'after a partial': [] };
const encoding = { published: [], prepared: [] };

for (const { audio } of clips) {
  const samples = await trimmed(await read(join(folder, set, audio)));
  const maxTokens = tokenBudget(samples.length, { perSecond: 6.5, least: 6, sampleRateHz: 16_000 });
  const options = { ...marks, maxTokens, nearTie: 0.25, scores: true };
  const plain = await timed(encoding.published, () => published.encode(samples));
  const encoded = await timed(encoding.prepared, () => prepared.encode(samples));
  const early = await prepared.encode(samples.subarray(0, Math.max(1_600, Math.floor(samples.length * 0.8))));
  const partial = await decode(await prepared.decoder.begin(early), options, signal);
  await run('published', published, plain, options);
  const { tokens } = await run('prepared', prepared, encoded, options);
  await run('verified', prepared, encoded, { ...options, proposal: tokens });
  await run('after a partial', prepared, encoded, { ...options, proposal: partial.tokens });
}

console.log(`${clips.length} clips of ${set}; medians, each way after the other on the same clip`);
for (const [name, runs] of Object.entries(encoding))
  console.log(
    `encoder ${name}: ${median(runs.map(({ ms }) => ms)).toFixed(1)} ms, ${median(runs.map(({ cpu }) => cpu)).toFixed(1)} ms of processor`,
  );
for (const [name, runs] of Object.entries(ways)) {
  const against = name === 'published' || name === 'prepared' ? 'published' : 'prepared';
  const same = runs.filter(({ tokens }, index) => tokens.join() === ways[against][index].tokens.join()).length;
  const each = (key) => median(runs.map((result) => result[key] / (result.tokens.length + 1)));
  console.log(
    `${name}: ${each('ms').toFixed(2)} ms and ${each('cpu').toFixed(2)} ms of processor a token, ` +
      `${median(runs.map(({ ms }) => ms)).toFixed(1)} ms a clip, ` +
      `${(sum(runs.map(({ passes }) => passes)) / sum(runs.map(({ tokens }) => tokens.length + 1))).toFixed(3)} passes a token; ` +
      `${same} of ${runs.length} the same as ${against}`,
  );
}
const ratio = (key) =>
  median(
    ways.prepared.map(
      (result, index) =>
        result[key] /
        (result.tokens.length + 1) /
        (ways.published[index][key] / (ways.published[index].tokens.length + 1)),
    ),
  );
console.log(
  `per token, prepared against published: ${ratio('ms').toFixed(3)} (time), ${ratio('cpu').toFixed(3)} (processor)`,
);
for (const part of [detector, prepared, published]) await part.close();

async function run(way, model, encoded, options) {
  return timed(ways[way], async () => decode(await model.decoder.begin(encoded), options, signal));
}

async function timed(results, work) {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  results.push({
    ms: performance.now() - start,
    cpu: (user + system) / 1000,
    tokens: result.tokens ?? [],
    passes: result.passes ?? 0,
  });
  return result;
}

async function read(path) {
  const part = await source.create({ path }, context, signal);
  const frames = [];
  for await (const { samples } of part.frames(signal)) frames.push(samples);
  await part.close();
  const whole = new Float32Array(sum(frames.map(({ length }) => length)));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}

async function trimmed(samples) {
  const stream = await detector.listen(signal);
  const spoken = (await stream.push({ samples, startSample: 0 }, signal)).filter(
    ({ speechProbability }) => speechProbability > 0.5,
  );
  await stream.close();
  if (spoken.length === 0) return samples;
  return samples.slice(Math.max(0, spoken[0].startSample - PADDING_SAMPLES), spoken.at(-1).endSample + PADDING_SAMPLES);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
