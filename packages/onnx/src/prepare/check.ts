// Whether prepared graphs say what the published ones say.

import type { Tensor } from 'onnxruntime-node';
import { bestToken } from '../decode/scores.ts';
import type { Decoder, Steps } from '../decode/steps.ts';
import { messageOf } from '../runtime.ts';

/** Tokens compared. Enough for every layer's cache to matter, few enough for a first start. */
const TOKENS = 16;
/** Mean difference that rounding to 8 bits explains, as a share of the published values' standard deviation. */
const NOISE = 0.1;
/** A wrong graph differs in most tokens, rounding flips a token only where two are nearly equal. */
const SAME = 0.8;

interface Side {
  encode(samples: Float32Array): Promise<Tensor>;
  readonly decoder: Decoder;
}

export interface Compared {
  readonly published: Side;
  readonly prepared: Side;
  readonly samples: Float32Array;
  readonly startToken: number;
  readonly endToken: number;
}

/** What a comparison found. */
export interface Finding {
  readonly faithful: boolean;
  /** Whether several tokens read at once give what they give one by one. */
  readonly readsAhead: boolean;
  /** For people. */
  readonly finding: string;
}

/** Runs both on the same clip: the same hidden states, the same logits after the same tokens: one by one, in two texts side by side, and at once. */
export async function compare(
  { published, prepared, samples, startToken, endToken }: Compared,
  signal: AbortSignal,
): Promise<Finding> {
  const before = await published.encode(samples);
  const after = await prepared.encode(samples);
  const encoderNoise = difference(before.data as Float32Array, after.data as Float32Array);
  signal.throwIfAborted();
  const reference = await follow(await published.decoder.begin(before), { startToken, endToken }, signal);
  const read = [startToken, ...reference.tokens.slice(0, -1)];
  const begin = (): Promise<Steps> => prepared.decoder.begin(before);
  const against = async (run: () => Promise<Float32Array[][]>): Promise<Agreement[]> => {
    try {
      return (await run()).map((rows) => agreement(reference.rows, rows));
    } catch (error) {
      signal.throwIfAborted();
      return [{ noise: Infinity, same: 0, failure: messageOf(error) }];
    }
  };
  const single = await against(async () => {
    const { rows } = await follow(await begin(), { startToken, endToken, tokens: reference.tokens }, signal);
    return [rows];
  });
  const ahead = await against(async () => {
    const steps = await begin();
    return [rowsOf(await steps.read(read), steps.vocabularySize)];
  });
  const twice = await against(async () => followTwice(await begin(), read, signal));
  const fits = ({ noise, same }: Agreement): boolean => noise <= NOISE && same >= SAME;
  return {
    faithful: encoderNoise <= NOISE && [...single, ...twice].every(fits),
    readsAhead: ahead.every(fits),
    finding: `encoder differs by ${percent(encoderNoise)}; tokens one by one: ${told(single)}; twice side by side: ${told(twice)}; at once: ${told(ahead)}`,
  };
}

interface Followed {
  readonly tokens: number[];
  readonly rows: Float32Array[];
}

/** Reads given tokens, or the likeliest ones, and keeps all logits. */
async function follow(
  steps: Steps,
  { startToken, endToken, tokens }: { startToken: number; endToken: number; tokens?: readonly number[] },
  signal: AbortSignal,
): Promise<Followed> {
  const followed: Followed = { tokens: [], rows: [] };
  let last = startToken;
  while (followed.tokens.length < (tokens?.length ?? TOKENS)) {
    signal.throwIfAborted();
    const row = await steps.read([last]);
    last = tokens?.[followed.tokens.length] ?? bestToken(row, 0, { vocabularySize: row.length, forbidden: endToken });
    followed.tokens.push(last);
    followed.rows.push(row);
  }
  return followed;
}

/** Reads the same tokens as two texts side by side, which change places at each. Gives the logits of either. */
async function followTwice(steps: Steps, tokens: readonly number[], signal: AbortSignal): Promise<Float32Array[][]> {
  const [start = 0, ...others] = tokens;
  const first = await steps.read([start]);
  const followed = [[first], [first]];
  for (const [index, token] of others.entries()) {
    signal.throwIfAborted();
    const logits = await steps.branch(index === 0 ? [0, 0] : [1, 0], [token, token]);
    rowsOf(logits, steps.vocabularySize).forEach((row, text) => followed[text]!.push(row));
  }
  return followed;
}

function rowsOf(logits: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: logits.length / size }, (_, row) => logits.subarray(row * size, (row + 1) * size));
}

interface Agreement {
  readonly noise: number;
  readonly same: number;
  /** Why there is nothing to compare. */
  readonly failure?: string;
}

function agreement(a: readonly Float32Array[], b: readonly Float32Array[]): Agreement {
  const best = (row: Float32Array): number => bestToken(row, 0, { vocabularySize: row.length });
  const same = a.filter((row, index) => best(row) === best(b[index]!)).length / a.length;
  return { noise: Math.max(...a.map((row, index) => difference(row, b[index]!))), same };
}

/** Mean absolute difference as a share of the first one's standard deviation; infinite when the lengths differ. */
function difference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length || a.length === 0) return Infinity;
  const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
  let [deviation, apart] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    deviation += (a[index]! - mean) ** 2;
    apart += Math.abs(a[index]! - b[index]!);
  }
  const share = apart / a.length / Math.sqrt(deviation / a.length);
  return Number.isNaN(share) ? Infinity : share;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const told = (agreements: readonly Agreement[]): string =>
  agreements
    .map(({ noise, same, failure }) => failure ?? `${percent(same)} the same, logits differ by ${percent(noise)}`)
    .join(' and ');
