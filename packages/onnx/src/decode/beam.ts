// How text comes out of a decoder that follows several texts at once: the likeliest as a whole wins.

import type { DecodeOptions, Decoded } from './greedy.ts';
import { lengthBeforeLoop } from './repetition.ts';
import { bestToken, bestTokens, logTotal } from './scores.ts';
import type { Steps } from './steps.ts';

export interface BeamOptions extends Pick<DecodeOptions, 'startToken' | 'endToken' | 'maxTokens' | 'neverEmpty'> {
  /** How many texts are followed at once. With 1 the likeliest token is taken each time. */
  readonly beams: number;
  /** Whether a text that ended may win. Refused ones win only where no other is left. */
  readonly accepts?: (tokens: readonly number[]) => boolean;
}

/**
 * Decodes one clip by beam search. Of the accepted texts that ended, the one with the largest sum of log-probabilities
 * wins, end mark included; it stops as soon as none that goes on can still win. Where there is none, the likeliest of
 * the refused ones is taken, at last of those that were cut by a loop or the budget. Whether there is any text is
 * settled by the first token alone, since no words would always be cheaper than many.
 * On abort it rejects with the signal's reason before the next pass.
 */
export async function decodeBeams(
  steps: Steps,
  { startToken, endToken, maxTokens, neverEmpty, beams, accepts = () => true }: BeamOptions,
  signal: AbortSignal,
): Promise<Decoded> {
  signal.throwIfAborted();
  let logits = await steps.read([startToken]);
  const { vocabularySize } = steps;
  if (!neverEmpty && bestToken(logits, 0, { vocabularySize }) === endToken) {
    return {
      tokens: [],
      logProbs: [logits[endToken]! - logTotal(logits, 0, { vocabularySize })],
      ending: 'end',
      passes: 1,
    };
  }
  const results = new Results({ accepts, mostEndings: MOST_REFUSED * beams });
  let texts: readonly Text[] = [{ tokens: [], logProbs: [], total: 0, from: 0 }];
  for (let passes = 1; ; passes++) {
    const choice = { vocabularySize, forbidden: passes === 1 ? endToken : -1, count: beams + 1 };
    const candidates = texts.flatMap((text, row) => continuations(text, logits, { ...choice, row }));
    candidates.sort((a, b) => b.total - a.total);
    const going: Text[] = [];
    let followed = 0;
    for (const candidate of candidates) {
      if (followed === beams) break;
      if (candidate.token === endToken) {
        results.ended(candidate);
        continue;
      }
      followed++;
      const text = { ...candidate, tokens: [...candidate.tokens, candidate.token] };
      const kept = lengthBeforeLoop(text.tokens);
      if (kept !== undefined) results.cut(shortened(text, kept), 'loop');
      else if (text.tokens.length >= maxTokens) results.cut(text, 'budget');
      else going.push(text);
    }
    const best = results.bestAgainst(going);
    if (best) return { tokens: [...best.tokens], logProbs: [...best.logProbs], ending: best.ending, passes };
    texts = going;
    signal.throwIfAborted();
    logits = await steps.branch(
      texts.map(({ from }) => from),
      texts.map(({ tokens }) => tokens.at(-1)!),
    );
  }
}

/** So many refusals for each text followed show that the others will be no better. */
const MOST_REFUSED = 2;

interface Text {
  readonly tokens: readonly number[];
  readonly logProbs: readonly number[];
  readonly total: number;
  /** The row of the text that it goes on from. */
  readonly from: number;
}

interface Candidate extends Text {
  /** What would follow the text's tokens. Its log-probability is counted already. */
  readonly token: number;
}

interface Result extends Text {
  readonly ending: Decoded['ending'];
}

/** Keeps the best of the texts that no longer go on. */
class Results {
  readonly #accepts: (tokens: readonly number[]) => boolean;
  readonly #mostEndings: number;
  #endings = 0;
  #accepted: Result | undefined;
  #refused: Result | undefined;
  #cut: Result | undefined;

  constructor({ accepts, mostEndings }: { accepts: (tokens: readonly number[]) => boolean; mostEndings: number }) {
    this.#accepts = accepts;
    this.#mostEndings = mostEndings;
  }

  ended(text: Text): void {
    this.#endings++;
    const result: Result = { ...text, ending: 'end' };
    if (this.#accepts(text.tokens)) this.#accepted = likelier(this.#accepted, result);
    else this.#refused = likelier(this.#refused, result);
  }

  cut(text: Text, ending: 'loop' | 'budget'): void {
    this.#cut = likelier(this.#cut, { ...text, ending });
  }

  /** The best, once none of the texts that go on is worth following. */
  bestAgainst(going: readonly Text[]): Result | undefined {
    const best = this.#accepted ?? this.#refused ?? this.#cut;
    if (going.length === 0) return best;
    if (this.#accepted === undefined) return this.#endings >= this.#mostEndings ? best : undefined;
    const bar = this.#accepted.total;
    return going.every(({ total }) => total <= bar) ? best : undefined;
  }
}

function continuations(
  { tokens, logProbs, total }: Text,
  logits: Float32Array,
  { row, vocabularySize, ...choice }: { row: number; vocabularySize: number; forbidden: number; count: number },
): Candidate[] {
  const sum = logTotal(logits, row, { vocabularySize });
  return bestTokens(logits, row, { vocabularySize, ...choice }).map((token) => {
    const logProb = Math.min(0, logits[row * vocabularySize + token]! - sum);
    return { tokens, logProbs: [...logProbs, logProb], total: total + logProb, from: row, token };
  });
}

const likelier = (a: Result | undefined, b: Result): Result => (a !== undefined && a.total >= b.total ? a : b);

/** Cut, but as likely as the whole: what a loop adds costs little, and must not win by being dropped. */
const shortened = (text: Text, length: number): Text => ({
  ...text,
  tokens: text.tokens.slice(0, length),
  logProbs: text.logProbs.slice(0, length),
});
