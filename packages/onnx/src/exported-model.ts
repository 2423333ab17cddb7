// How an exported encoder-decoder model is opened: prepared where that is faithful, else as published.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isVoiceInputError, type LocatedModel, VoiceInputError } from '@voiceinput/plugin-api';
import type { InferenceSession } from 'onnxruntime-node';
import { preparedDecoder } from './decode/prepared.ts';
import { publishedDecoder } from './decode/published.ts';
import type { Abilities, Decoder } from './decode/steps.ts';
import { compareDecoders, compareEncoded, type DecoderReport } from './prepare/check.ts';
import type { GraphReport, Report } from './prepare/folder.ts';
import { prepared, prepareGraph, type GraphFolder, type PreparedGraphs } from './prepare/prepared.ts';
import { probeClip } from './prepare/probe-clip.ts';
import { releaseAll } from './release.ts';
import { loadRuntime, messageOf } from './runtime.ts';
import { openSession, openSessions, type SessionOptions } from './session.ts';
import { encodeWith, speechModel, type EncoderParts, type Frontend, type SpeechModel } from './speech-model.ts';

/** Part of the prepared folder's name: raise it when a pass changes what it writes, or the comparison what it looks at. */
const PREPARATION_VERSION = 6;

/** The encoder with rounding and the one without. */
const ENCODERS = ['encoder', 'encoder-exact'] as const;
/** Optimum's name for what a decoder takes from the encoder (https://huggingface.co/docs/optimum). */
const ENCODED = 'encoder_hidden_states';

export interface ExportedModelOptions extends SessionOptions {
  /** What the model reads before every text, such as its start token. */
  readonly prompt: readonly number[];
  readonly endToken: number;
  /** Default: the samples as they are, `[1, samples]`, to the encoder's first input. */
  readonly frontend?: Frontend;
  /** Whether the encoder rounds what it multiplies to 8 bits: faster and smaller, and a little less right. Default: true. */
  readonly int8Encoder?: boolean;
  /** Uses the published graphs as they are. For comparisons. */
  readonly published?: boolean;
  /** Runs the preparation; a plugin gives its context's `prepare`, so that it does not count as opening. Default: runs it. */
  prepare?<T>(work: () => Promise<T>): Promise<T>;
}

export interface ExportedModel extends SpeechModel {
  /** Why the published graphs are used, or undefined when the prepared ones are. */
  readonly notPrepared: string | undefined;
}

/**
 * Opens a model with an `encoder` and a merged `decoder` graph, as optimum exports them. The first time they are
 * rewritten into `<folder>/prepared`, each compared with the published one on a built-in clip, and kept in place of
 * those of earlier versions; this takes some seconds. Where the graphs that these options need are not faithful, or
 * cannot be made or kept, the published ones run and `notPrepared` says why.
 * Rejects with `ERR_MODEL_FILES`, `ERR_RUNTIME`, or the signal's reason.
 */
export async function openExportedModel(
  model: LocatedModel,
  options: ExportedModelOptions,
  signal: AbortSignal,
): Promise<ExportedModel> {
  if (options.published) return openPublished(model, options, 'asked for');
  let graphs: PreparedGraphs | undefined;
  try {
    graphs = await prepared(join(model.folder, 'prepared'), preparationOf(model, options, signal), signal);
    const { [encoderFor(options)]: encoder, decoder } = graphs.report as ModelReport;
    const unfaithful = Object.entries({ encoder, decoder }).filter(([, { faithful }]) => !faithful);
    if (unfaithful.length > 0) return await openPublished(model, options, told(unfaithful));
    return await openPrepared(graphs, options, decoder);
  } catch (error) {
    // Whatever is there does not load: the next start makes it anew, where it can be removed.
    if (graphs) await rm(graphs.folder, { recursive: true, force: true }).catch(() => undefined);
    signal.throwIfAborted();
    if (isVoiceInputError(error) && error.code === 'ERR_RUNTIME') throw error;
    return openPublished(model, options, messageOf(error));
  }
}

type ModelReport = Report<(typeof ENCODERS)[number]> & { readonly decoder: DecoderReport & Abilities };

const told = (reports: [string, GraphReport][]): string =>
  reports.map(([name, { finding }]) => `${name}: ${finding}`).join('; ');

const encoderFor = ({ int8Encoder = true }: ExportedModelOptions): (typeof ENCODERS)[number] =>
  int8Encoder ? 'encoder' : 'encoder-exact';

const preparationOf = (model: LocatedModel, options: ExportedModelOptions, signal: AbortSignal) => ({
  key: `${model.fingerprint}-${PREPARATION_VERSION}`,
  async make(write: (graph: string, model: Uint8Array) => Promise<void>, machine: { signedInt8: boolean }) {
    // Only the first start needs what reads and writes graphs.
    const { prepareDecoder } = await import('./prepare/decoder.ts');
    const { once, step } = prepareDecoder(await readFile(fileOf(model, 'decoder')), machine);
    await write('once', once);
    await write('step', step);
    const published = await readFile(fileOf(model, 'encoder'));
    for (const name of ENCODERS)
      await write(name, await prepareGraph(published, { ...machine, float: name === 'encoder-exact' }));
  },
  compare: (made: GraphFolder) => compare(model, { ...options, made }, signal),
  ...(options.prepare && { uncounted: options.prepare }),
});

async function compare(
  model: LocatedModel,
  { made, ...options }: ExportedModelOptions & { made: GraphFolder },
  signal: AbortSignal,
): Promise<ModelReport> {
  const published = await openPublished(model, options, 'compared');
  try {
    const samples = probeClip();
    const encoded = await published.encode(samples);
    const judgeEncoder = async (name: string): Promise<GraphReport> => {
      signal.throwIfAborted();
      const session = await openSession(made.fileOf(name), options);
      try {
        return compareEncoded(encoded, await encodeWith(encoderParts(session, options), samples));
      } finally {
        await session.release();
      }
    };
    const judgeDecoder = async (broadcastsEncoder: boolean): Promise<ModelReport['decoder']> => {
      const decoder = await openDecoder(made, options, { multiToken: true, broadcastsEncoder });
      try {
        const sides = { published: published.decoder, prepared: decoder };
        return { ...(await compareDecoders({ ...options, ...sides, encoded }, signal)), broadcastsEncoder };
      } finally {
        await decoder.close();
      }
    };
    const shared = await judgeDecoder(true);
    return {
      encoder: await judgeEncoder('encoder'),
      'encoder-exact': await judgeEncoder('encoder-exact'),
      decoder: shared.faithful ? shared : await judgeDecoder(false),
    };
  } finally {
    await published.close();
  }
}

async function openPrepared(
  graphs: GraphFolder,
  options: ExportedModelOptions,
  abilities: Abilities,
): Promise<ExportedModel> {
  const encoder = await openSession(graphs.fileOf(encoderFor(options)), options);
  const decoder = await orRelease(encoder, () => openDecoder(graphs, options, abilities));
  return { ...assembled(encoder, decoder, options), notPrepared: undefined };
}

async function openDecoder(graphs: GraphFolder, options: SessionOptions, abilities: Abilities): Promise<Decoder> {
  const [once, step] = await openSessions([graphs.fileOf('once'), graphs.fileOf('step')], options);
  try {
    return await preparedDecoder({ once: once!, step: step! }, abilities);
  } catch (error) {
    await releaseAll([() => once!.release(), () => step!.release()]);
    throw error;
  }
}

async function openPublished(
  model: LocatedModel,
  options: ExportedModelOptions,
  notPrepared: string,
): Promise<ExportedModel> {
  // Each token takes and frees a lot of memory here; fetching it anew from the system would triple the time.
  const keeping = { ...options, keepMemory: true };
  const [encoder, merged] = await openSessions([fileOf(model, 'encoder'), fileOf(model, 'decoder')], keeping);
  const decoder = await orRelease(encoder!, () =>
    orRelease(merged!, () => publishedDecoder(merged!, { multiToken: false })),
  );
  return { ...assembled(encoder!, decoder, options), notPrepared };
}

async function orRelease<T>(session: InferenceSession, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await session.release();
    throw error;
  }
}

const assembled = (encoder: InferenceSession, decoder: Decoder, options: ExportedModelOptions): SpeechModel =>
  speechModel({ ...encoderParts(encoder, options), decoder });

const encoderParts = (encoder: InferenceSession, { frontend }: ExportedModelOptions): EncoderParts => ({
  frontend: frontend ?? rawSamples(encoder.inputNames[0] ?? ''),
  encoder,
  nameFor: (output) => (output === encoder.outputNames[0] ? ENCODED : output),
});

function rawSamples(input: string): Frontend {
  return async (samples) => {
    const { Tensor } = await loadRuntime();
    return { [input]: new Tensor('float32', samples, [1, samples.length]) };
  };
}

function fileOf(model: LocatedModel, name: string): string {
  const path = model.files[name];
  if (path !== undefined) return path;
  throw new VoiceInputError(
    'ERR_MODEL_FILES',
    `The model ${model.modelId} has no file “${name}”, only ${Object.keys(model.files).join(', ')}`,
  );
}
