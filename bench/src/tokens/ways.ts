// In which ways a clip is decoded, one right after the other, and what each of them cost.

import { decode, tokenBudget } from '@voiceinput/onnx';
import type { Decoded, DecodeOptions, SpeechModel } from '@voiceinput/onnx';
import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import { shuffled } from '../statistics/random.ts';

/** Begin and end of a text, as runner-moonshine has them; so are the other figures of the decoding. */
export const marks = { prompt: [1], endToken: 2 };
const TOKENS = { perSecond: 8, least: 6, sampleRateHz: SAMPLE_RATE_HZ };
const NEAR_TIE = 0.25;

/** A partial that a proposal comes from has heard so much of the clip. */
const PARTIAL_SHARE = 0.8;
const LEAST_PARTIAL_SAMPLES = SAMPLE_RATE_HZ / 10;

export interface Models {
  readonly prepared: SpeechModel;
  readonly published: SpeechModel;
}

export interface Run {
  readonly wallMs: number;
  /** Of all threads. */
  readonly processorMs: number;
  readonly tokens: readonly number[];
  /** How often the decoder ran. */
  readonly passes: number;
}

/** `prepared, published encoder`: so that the decoders alone are compared. */
export type Way =
  'published' | 'prepared' | 'prepared, published encoder' | 'own tokens proposed' | 'a partial proposed';
export type Encoding = 'published' | 'prepared';

export interface ClipRuns {
  readonly clip: string;
  readonly encoding: Readonly<Record<Encoding, Run>>;
  readonly decoding: Readonly<Record<Way, Run>>;
}

/** The ways take their turns in random order, as far as one does not need what another said. */
export async function readEachWay(
  { id, samples }: { readonly id: string; readonly samples: Float32Array },
  models: Models,
  random: () => number,
): Promise<ClipRuns> {
  const { signal } = new AbortController();
  const options: DecodeOptions = {
    ...marks,
    maxTokens: tokenBudget(samples.length, TOKENS),
    nearTie: NEAR_TIE,
    scores: true,
  };
  const encode = async (model: SpeechModel) => measured(() => model.encode(samples));
  const read = async (model: SpeechModel, encoded: Encoded, proposal: readonly number[] = []) =>
    measured(async () => decode(await model.decoder.begin(encoded), { ...options, proposal }, signal));

  const partialSamples = Math.max(LEAST_PARTIAL_SAMPLES, Math.floor(samples.length * PARTIAL_SHARE));
  const early = await models.prepared.encode(samples.subarray(0, partialSamples));
  const partial = await decode(await models.prepared.decoder.begin(early), options, signal);

  const encoding = await inTurn(
    { published: () => encode(models.published), prepared: () => encode(models.prepared) },
    random,
  );
  const plain = await inTurn(
    {
      published: () => read(models.published, encoding.published.given),
      'prepared, published encoder': () => read(models.prepared, encoding.published.given),
      prepared: () => read(models.prepared, encoding.prepared.given),
    },
    random,
  );
  const proposed = await inTurn(
    {
      'own tokens proposed': () => read(models.prepared, encoding.prepared.given, plain.prepared.given.tokens),
      'a partial proposed': () => read(models.prepared, encoding.prepared.given, partial.tokens),
    },
    random,
  );
  return {
    clip: id,
    encoding: { published: runOf(encoding.published), prepared: runOf(encoding.prepared) },
    decoding: {
      published: runOf(plain.published),
      'prepared, published encoder': runOf(plain['prepared, published encoder']),
      prepared: runOf(plain.prepared),
      'own tokens proposed': runOf(proposed['own tokens proposed']),
      'a partial proposed': runOf(proposed['a partial proposed']),
    },
  };
}

type Encoded = Awaited<ReturnType<SpeechModel['encode']>>;

/** Does all of it, one after the other, in random order. */
async function inTurn<Name extends string, T>(
  work: Readonly<Record<Name, () => Promise<T>>>,
  random: () => number,
): Promise<Record<Name, T>> {
  const names = shuffled(Object.keys(work) as Name[], random);
  const done: Partial<Record<Name, T>> = {};
  for (const name of names) done[name] = await work[name]();
  return done as Record<Name, T>;
}

interface Cost<T> {
  readonly given: T;
  readonly wallMs: number;
  readonly processorMs: number;
}

async function measured<T>(work: () => Promise<T>): Promise<Cost<T>> {
  const before = process.cpuUsage();
  const startedAtMs = performance.now();
  const given = await work();
  const { user, system } = process.cpuUsage(before);
  return { given, wallMs: performance.now() - startedAtMs, processorMs: (user + system) / 1000 };
}

function runOf({ given, wallMs, processorMs }: Cost<Encoded | Decoded>): Run {
  const { tokens, passes } = isDecoded(given) ? given : { tokens: [], passes: 1 };
  return { wallMs, processorMs, tokens, passes };
}

const isDecoded = (given: Encoded | Decoded): given is Decoded => Array.isArray(given['tokens']);
