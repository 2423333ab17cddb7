// How text comes out of a decoder: the likeliest token each time, or a proposal that the decoder agrees with.

import { ProposalWalk } from './proposal.ts';
import { lengthBeforeLoop } from './repetition.ts';
import { bestToken, logProbability } from './scores.ts';
import type { Attention, Steps } from './steps.ts';
import { applySuppression, type TextOptions } from './text-options.ts';

export interface DecodeOptions extends TextOptions {
  /** What the text may be; saves time and never changes it, but for quantisation noise. Without marks. */
  readonly proposal?: readonly number[];
  /**
   * A proposed token stands when its logit is at most this far below the best. Reading several tokens at once rounds
   * otherwise than reading one: without it, near-ties fall differently in every pass. Default: 0.
   */
  readonly nearTie?: number;
  /**
   * Whether the prompt is read in a pass of its own before anything proposed. Where 8-bit activations share one scale,
   * marks with large ones make all that is read together with them coarse. Default: false.
   */
  readonly promptApart?: boolean;
  /** Whether log-probabilities are wanted. */
  readonly scores?: boolean;
  /** Whether it is wanted what each token looked at in the audio. */
  readonly looks?: boolean;
  /**
   * Asked after every token: how many tokens to keep when the text has got caught in a loop, else undefined.
   * Default: `lengthBeforeLoop`, which sees repeated tokens. `looks` is empty unless asked for.
   */
  readonly loopAt?: (tokens: readonly number[], looks: readonly Look[]) => number | undefined;
}

/** How strongly the prediction of one token looked at each frame, as `[heads, frames]`. */
export type Look = Float32Array;

export interface Decoded {
  /** Without start and end marks. */
  readonly tokens: number[];
  /** Natural-log probabilities: of each token, and of the end mark when it was reached. Empty unless asked for. */
  readonly logProbs: number[];
  /** Where each token looked, and the end mark when it was reached. Empty unless asked for and the graph says. */
  readonly looks: Look[];
  /** Why it ended. */
  readonly ending: 'end' | 'budget' | 'loop';
  /** How often the decoder ran. */
  readonly passes: number;
}

/** Decodes one clip. On abort it rejects with the signal's reason before the next pass. */
export async function decode(steps: Steps, options: DecodeOptions, signal: AbortSignal): Promise<Decoded> {
  const { prompt, endToken, maxTokens, forced = [], loopAt = lengthBeforeLoop } = options;
  const walk = new ProposalWalk([...forced, ...(options.proposal ?? [])]);
  const [tokens, logProbs, looks]: [number[], number[], Look[]] = [[], [], []];
  const kept = (count: number) => ({
    tokens: tokens.slice(0, count),
    logProbs: logProbs.slice(0, count),
    looks: looks.slice(0, count),
  });
  let unread = prompt;
  for (let passes = 1; ; passes++) {
    signal.throwIfAborted();
    const apart = options.promptApart === true && passes === 1;
    const proposed = apart ? [] : walk.next(maxTokens - tokens.length - 1);
    const logits = await steps.read([...unread, ...proposed]);
    const before = steps.length - proposed.length;
    let agreed = 0;
    let chosen: number;
    for (;;) {
      const row = unread.length - 1 + agreed;
      const choice = choose(logits, { row, place: tokens.length, hoped: proposed[agreed], steps }, options);
      chosen = choice.token;
      if (options.scores)
        logProbs.push(logProbability(logits, row, { ...choice, vocabularySize: steps.vocabularySize }));
      if (options.looks && steps.attention) looks.push(lookOf(steps.attention, row));
      if (chosen === endToken) return { tokens, logProbs, looks, ending: 'end', passes };
      tokens.push(chosen);
      const loop = loopAt(tokens, looks);
      if (loop !== undefined) return { ...kept(loop), ending: 'loop', passes };
      if (tokens.length >= maxTokens) return { tokens, logProbs, looks, ending: 'budget', passes };
      if (chosen !== proposed[agreed]) break;
      agreed++;
    }
    walk.told({ handedOut: proposed.length, agreed, said: chosen });
    if (agreed < proposed.length) steps.forget(before + agreed);
    unread = [chosen];
  }
}

/** How many tokens speech of this length can hold at most: `perSecond`, rounded up at the end, and never less than `least`. */
export function tokenBudget(
  samples: number,
  { perSecond, least, sampleRateHz }: { perSecond: number; least: number; sampleRateHz: number },
): number {
  return Math.max(least, Math.ceil((samples * perSecond) / sampleRateHz));
}

interface Choice {
  readonly row: number;
  readonly place: number;
  /** What is proposed there. */
  readonly hoped: number | undefined;
  readonly steps: Steps;
}

/** The token, and the one with the largest logit where that was looked for. */
interface Chosen {
  readonly token: number;
  readonly best?: number;
}

function choose(logits: Float32Array, { row, place, hoped, steps }: Choice, options: DecodeOptions): Chosen {
  const { vocabularySize } = steps;
  const forced = options.forced?.[place];
  if (forced !== undefined) return { token: forced };
  applySuppression(logits, { row, place, vocabularySize }, options);
  const forbidden = options.neverEmpty && place === 0 ? options.endToken : -1;
  const best = bestToken(logits, row, { vocabularySize, forbidden });
  // What is forbidden may have a larger logit, without which the sum would overflow.
  const known = forbidden === -1 ? { best } : {};
  if (hoped === undefined || hoped < 0 || hoped >= vocabularySize || hoped === forbidden)
    return { token: best, ...known };
  const start = row * vocabularySize;
  const isNear = logits[start + best]! - logits[start + hoped]! <= (options.nearTie ?? 0);
  return { token: isNear ? hoped : best, ...known };
}

function lookOf({ weights, heads, frames }: Attention, row: number): Look {
  const tokens = weights.length / (heads * frames);
  const look = new Float32Array(heads * frames);
  for (let head = 0; head < heads; head++) {
    const start = (head * tokens + row) * frames;
    look.set(weights.subarray(start, start + frames), head * frames);
  }
  return look;
}
