// How text comes out of a decoder: the likeliest token each time, or a proposal that the decoder agrees with.

import { ProposalWalk } from './proposal.ts';
import { lengthBeforeLoop } from './repetition.ts';
import { bestToken, logProbability } from './scores.ts';
import type { Steps } from './steps.ts';

export interface DecodeOptions {
  /** Token that begins every text. */
  readonly startToken: number;
  /** Token that ends it. */
  readonly endToken: number;
  /** Decoding stops after so many tokens. */
  readonly maxTokens: number;
  /** What the text may be; saves time and never changes it, but for quantisation noise. Without marks. */
  readonly proposal?: readonly number[];
  /**
   * A proposed token stands when its logit is at most this far below the best. Reading several tokens at once rounds
   * otherwise than reading one: without it, near-ties fall differently in every pass. Default: 0.
   */
  readonly nearTie?: number;
  /** Whether an empty text is out of the question. */
  readonly neverEmpty?: boolean;
  /** Whether log-probabilities are wanted. */
  readonly scores?: boolean;
}

export interface Decoded {
  /** Without start and end marks. */
  readonly tokens: number[];
  /** Natural-log probabilities: of each token, and of the end mark when it was reached. Empty unless asked for. */
  readonly logProbs: number[];
  /** Why it ended. */
  readonly ending: 'end' | 'budget' | 'loop';
  /** How often the decoder ran. */
  readonly passes: number;
}

/** Decodes one clip. On abort it rejects with the signal's reason before the next pass. */
export async function decode(steps: Steps, options: DecodeOptions, signal: AbortSignal): Promise<Decoded> {
  const { startToken, endToken, maxTokens } = options;
  const walk = new ProposalWalk(options.proposal ?? []);
  const tokens: number[] = [];
  const logProbs: number[] = [];
  let last = startToken;
  for (let passes = 1; ; passes++) {
    signal.throwIfAborted();
    const proposed = walk.next(maxTokens - tokens.length - 1);
    const logits = await steps.read([last, ...proposed]);
    const before = steps.length - proposed.length;
    let agreed = 0;
    for (;;) {
      const forbidden = options.neverEmpty && tokens.length === 0 ? endToken : -1;
      last = bestToken(logits, agreed, { vocabularySize: steps.vocabularySize, forbidden });
      const hoped = proposed[agreed];
      if (hoped !== undefined && isNearTie(logits, agreed, { ...options, hoped, last, size: steps.vocabularySize }))
        last = hoped;
      if (options.scores) {
        logProbs.push(logProbability(logits, agreed, { token: last, vocabularySize: steps.vocabularySize }));
      }
      if (last === endToken) return { tokens, logProbs, ending: 'end', passes };
      tokens.push(last);
      const kept = lengthBeforeLoop(tokens);
      if (kept !== undefined) {
        return { tokens: tokens.slice(0, kept), logProbs: logProbs.slice(0, kept), ending: 'loop', passes };
      }
      if (tokens.length >= maxTokens) return { tokens, logProbs, ending: 'budget', passes };
      if (last !== hoped) break;
      agreed++;
    }
    walk.told({ handedOut: proposed.length, agreed, said: last });
    if (agreed < proposed.length) steps.forget(before + agreed);
  }
}

/** How many tokens speech of this length can hold at most: `perSecond`, rounded up at the end, and never less than `least`. */
export function tokenBudget(
  samples: number,
  { perSecond, least, sampleRateHz }: { perSecond: number; least: number; sampleRateHz: number },
): number {
  return Math.max(least, Math.ceil((samples * perSecond) / sampleRateHz));
}

function isNearTie(
  logits: Float32Array,
  row: number,
  { hoped, last, size, nearTie = 0 }: { hoped: number; last: number; size: number; nearTie?: number },
): boolean {
  return logits[row * size + last]! - logits[row * size + hoped]! <= nearTie;
}
