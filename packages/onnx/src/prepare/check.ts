// Whether prepared encoders and decoders say what the published ones say.

import { bestToken } from '../decode/scores.ts';
import type { Abilities, Decoder, Encoded, Steps } from '../decode/steps.ts';
import { messageOf } from '../runtime.ts';
import { difference, percent, ROUNDING_SHARE } from './difference.ts';
import type { GraphReport } from './folder.ts';

/** Tokens compared. Enough for every layer's cache to matter, few enough for a first start. */
const TOKENS = 16;
/** A wrong graph differs in most tokens, rounding flips a token only where two are nearly equal. */
const SAME = 0.8;

/** Compares what two encoders gave for the same clip. */
export function compareEncoded(published: Encoded, prepared: Encoded): GraphReport {
  const outputs = Object.entries(published);
  const apart = outputs.map(([name, { data }]) => {
    const other = prepared[name]?.data;
    return other ? difference(data as Float32Array, other as Float32Array) : Infinity;
  });
  const noise = Math.max(...apart);
  return { faithful: noise <= ROUNDING_SHARE, finding: `its output differs by ${percent(noise)}` };
}

export interface ComparedDecoders {
  readonly published: Decoder;
  readonly prepared: Decoder;
  /** The clip that both decode. */
  readonly encoded: Encoded;
  readonly prompt: readonly number[];
  readonly endToken: number;
}

/** What a comparison of decoders found. */
export type DecoderReport = GraphReport & Pick<Abilities, 'multiToken'>;

/** Runs both on the same clip: the same logits after the same tokens, read one by one, in two texts side by side, and at once. */
export async function compareDecoders(
  { published, prepared, encoded, prompt, endToken }: ComparedDecoders,
  signal: AbortSignal,
): Promise<DecoderReport> {
  const reference = await follow(await published.begin(encoded), { prompt, endToken }, signal);
  const read = reference.tokens.slice(0, -1);
  const begin = (): Promise<Steps> => prepared.begin(encoded);
  const against = async (run: () => Promise<Float32Array[][]>): Promise<Agreement[]> => {
    try {
      return (await run()).map((rows) => agreement(reference.rows, rows));
    } catch (error) {
      signal.throwIfAborted();
      return [{ noise: Infinity, same: 0, failure: messageOf(error) }];
    }
  };
  const single = await against(async () => {
    const { rows } = await follow(await begin(), { prompt, endToken, tokens: reference.tokens }, signal);
    return [rows];
  });
  const together = await against(async () => {
    const steps = await begin();
    const logits = await steps.read([...prompt, ...read]);
    return [rowsOf(logits, steps.vocabularySize).slice(prompt.length - 1)];
  });
  const twice = await against(async () => followTwice(await begin(), { prompt, tokens: read }, signal));
  const fits = ({ noise, same }: Agreement): boolean => noise <= ROUNDING_SHARE && same >= SAME;
  return {
    faithful: [...single, ...twice].every(fits),
    multiToken: together.every(fits),
    finding: `tokens one by one: ${told(single)}; twice side by side: ${told(twice)}; at once: ${told(together)}`,
  };
}

interface Followed {
  readonly tokens: number[];
  readonly rows: Float32Array[];
}

interface Following {
  readonly prompt: readonly number[];
  readonly endToken: number;
  readonly tokens?: readonly number[];
}

/** Reads given tokens, or the likeliest ones, and keeps the logits of what follows each. */
async function follow(steps: Steps, { prompt, endToken, tokens }: Following, signal: AbortSignal): Promise<Followed> {
  const followed: Followed = { tokens: [], rows: [] };
  let unread = prompt;
  while (followed.tokens.length < (tokens?.length ?? TOKENS)) {
    signal.throwIfAborted();
    const row = (await steps.read(unread)).slice(-steps.vocabularySize);
    const next =
      tokens?.[followed.tokens.length] ?? bestToken(row, 0, { vocabularySize: row.length, forbidden: endToken });
    followed.tokens.push(next);
    followed.rows.push(row);
    unread = [next];
  }
  return followed;
}

/** Reads the same tokens as two texts side by side, which change places at each. Gives the logits of either. */
async function followTwice(
  steps: Steps,
  { prompt, tokens }: { prompt: readonly number[]; tokens: readonly number[] },
  signal: AbortSignal,
): Promise<Float32Array[][]> {
  const first = (await steps.read(prompt)).slice(-steps.vocabularySize);
  const followed: Float32Array[][] = [[first], [first]];
  for (const [index, token] of tokens.entries()) {
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

const told = (agreements: readonly Agreement[]): string =>
  agreements
    .map(({ noise, same, failure }) => failure ?? `${percent(same)} the same, logits differ by ${percent(noise)}`)
    .join(' and ');
