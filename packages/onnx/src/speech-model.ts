// How an encoder-decoder speech model is opened: prepared where that is faithful, else as published.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocatedModel, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { preparedDecoder, type Abilities } from './decode/prepared.ts';
import { publishedDecoder } from './decode/published.ts';
import type { Decoder } from './decode/steps.ts';
import { compare } from './prepare/check.ts';
import { fillOnce, readReport, removeOthers, type Report } from './prepare/folder.ts';
import { signedBytesAreExact } from './prepare/machine.ts';
import { runtimeVersion, writeOptimized } from './prepare/optimize.ts';
import { probeClip } from './prepare/probe-clip.ts';
import { loadRuntime, messageOf } from './runtime.ts';
import { openSession, type SessionOptions } from './session.ts';

/** Part of the prepared folder's name: raise it when a pass changes what it writes, or the comparison what it looks at. */
const PREPARATION_VERSION = 5;

export interface SpeechModelOptions extends SessionOptions {
  /** The model's marks around a text. */
  readonly startToken: number;
  readonly endToken: number;
  /** Whether the encoder rounds what it multiplies to 8 bits: faster and smaller, and a little less right. Default: true. */
  readonly roundedEncoder?: boolean;
  /** Uses the published graphs as they are. For comparisons. */
  readonly published?: boolean;
}

/** An encoder-decoder model over raw samples, with `encoder` and merged `decoder` graphs. */
export interface SpeechModel {
  /** Why the published graphs are used, or undefined when the prepared ones are. */
  readonly notPrepared: string | undefined;
  readonly decoder: Decoder;
  /** The encoder's output for a clip of 16 000 Hz. */
  encode(samples: Float32Array): Promise<Tensor>;
  close(): Promise<void>;
}

/**
 * Opens a model. The first time its graphs are rewritten into `<folder>/prepared`, compared with the published ones on
 * a built-in clip, and kept in place of those of earlier versions; this takes some seconds. Where the rewritten graphs
 * are not faithful, or cannot be made or kept, the published ones run and `notPrepared` says why.
 * Rejects with `ERR_MODEL_FILES`, `ERR_RUNTIME`, or the signal's reason.
 */
export async function openSpeechModel(
  model: LocatedModel,
  options: SpeechModelOptions,
  signal: AbortSignal,
): Promise<SpeechModel> {
  if (options.published) return openPublished(model, options, 'asked for');
  const signed = await signedBytesAreExact();
  const kind = `${PREPARATION_VERSION}-${await runtimeVersion()}${signed ? '-signed' : ''}`;
  const folder = join(model.folder, 'prepared', `${model.fingerprint}-${kind}`);
  try {
    const report = (await readReport(folder)) ?? (await prepare(model, { ...options, folder, signed }, signal));
    if (!report.faithful) return await openPublished(model, options, report.finding);
    return await openPrepared(folder, options, { stretches: true, ...report });
  } catch (error) {
    // Whatever is there does not load: the next start makes it anew.
    await rm(folder, { recursive: true, force: true });
    signal.throwIfAborted();
    if (error instanceof VoiceInputError && error.code === 'ERR_RUNTIME') throw error;
    return openPublished(model, options, messageOf(error));
  }
}

async function prepare(
  model: LocatedModel,
  { folder, signed, ...options }: SpeechModelOptions & { folder: string; signed: boolean },
  signal: AbortSignal,
): Promise<Report> {
  await makeFolder(join(model.folder, 'prepared'));
  // Only the first start needs what reads and writes graphs.
  const { prepareDecoder, prepareEncoder } = await import('./prepare/decoder.ts');
  const report = await fillOnce(folder, async (draft) => {
    const { once, step } = prepareDecoder(await readFile(fileOf(model, 'decoder')), { signed });
    signal.throwIfAborted();
    const published = await readFile(fileOf(model, 'encoder'));
    const encoder = prepareEncoder(published, { signed });
    const exact = prepareEncoder(published, { signed, float: true });
    signal.throwIfAborted();
    for (const [name, bytes] of Object.entries({ encoder, 'encoder-exact': exact, once, step })) {
      await writeOptimized(bytes, preparedFile(draft, name));
      signal.throwIfAborted();
    }
    return judge(model, { ...options, draft }, signal);
  });
  await removeOthers(folder);
  return report;
}

async function judge(
  model: LocatedModel,
  { draft, ...options }: SpeechModelOptions & { draft: string },
  signal: AbortSignal,
): Promise<Report> {
  const published = await openPublished(model, options, 'compared');
  const samples = probeClip();
  const judged = async (stretches: boolean): Promise<Report> => {
    const prepared = await openPrepared(draft, options, { readsAhead: true, stretches });
    try {
      return { ...(await compare({ ...options, published, prepared, samples }, signal)), stretches };
    } finally {
      await prepared.close();
    }
  };
  try {
    const stretched = await judged(true);
    return stretched.faithful ? stretched : await judged(false);
  } finally {
    await published.close();
  }
}

async function openPrepared(folder: string, options: SpeechModelOptions, abilities: Abilities): Promise<SpeechModel> {
  const [encoder, once, step] = await openAll(
    [options.roundedEncoder === false ? 'encoder-exact' : 'encoder', 'once', 'step'].map((name) =>
      preparedFile(folder, name),
    ),
    options,
  );
  return assemble(encoder!, await preparedDecoder({ once: once!, step: step! }, abilities), undefined);
}

async function openPublished(model: LocatedModel, options: SessionOptions, notPrepared: string): Promise<SpeechModel> {
  // Each token takes and frees some 40 MB here; fetching them anew from the system would triple the time.
  const keeping = { ...options, keepMemory: true };
  const [encoder, decoder] = await openAll([fileOf(model, 'encoder'), fileOf(model, 'decoder')], keeping);
  return assemble(encoder!, await publishedDecoder(decoder!, { readsAhead: false }), notPrepared);
}

function assemble(encoder: InferenceSession, decoder: Decoder, notPrepared: string | undefined): SpeechModel {
  return {
    notPrepared,
    decoder,
    encode: (samples) => encode(encoder, samples),
    async close() {
      await encoder.release();
      await decoder.close();
    },
  };
}

async function encode(encoder: InferenceSession, samples: Float32Array): Promise<Tensor> {
  const { Tensor } = await loadRuntime();
  const results = await encoder.run({
    [encoder.inputNames[0] ?? '']: new Tensor('float32', samples, [1, samples.length]),
  });
  return results[encoder.outputNames[0] ?? '']!;
}

/** Opens all sessions, or none. */
async function openAll(paths: readonly string[], options: SessionOptions): Promise<InferenceSession[]> {
  const attempts = await Promise.allSettled(paths.map((path) => openSession(path, options)));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  if (!failed) return opened;
  await Promise.all(opened.map((session) => session.release()));
  throw failed.reason;
}

const preparedFile = (folder: string, name: string): string => join(folder, `${name}.onnx`);

function fileOf(model: LocatedModel, name: string): string {
  const path = model.files[name];
  if (path !== undefined) return path;
  throw new VoiceInputError(
    'ERR_MODEL_FILES',
    `the model ${model.modelId} has no file “${name}”, only ${Object.keys(model.files).join(', ')}`,
  );
}
