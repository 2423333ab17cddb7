// How text comes out of a decoder that follows several texts at once: the likeliest as a whole wins.

import type { Decoded } from './greedy.ts';
import { lengthBeforeLoop } from './repetition.ts';
import { bestToken, bestTokens, logProbability, logTotal } from './scores.ts';
import type { Steps } from './steps.ts';
import { applySuppression, type TextOptions } from './text-options.ts';

export interface BeamOptions extends TextOptions {
  /** How many texts are followed at once. With 1 the likeliest token is taken each time. */
  readonly beams: number;
  /** Whether a text that ended may win. Refused ones win only where no other is left. */
  readonly accepts?: (tokens: readonly number[]) => boolean;
  /**
   * By what texts that ended are compared: the sum of their log-probabilities, which favours short ones, or the mean,
   * which does not. With the mean the search goes on until as many texts as `beams` have ended. Default: `sum`.
   */
  readonly rankBy?: 'sum' | 'mean';
}

/**
 * Decodes one clip by beam search. Of the accepted texts that ended, the likeliest wins, end mark included; with
 * `rankBy: 'sum'` the search stops as soon as none that goes on can still win. If none was accepted, the likeliest of
 * the refused ones is taken, and failing that the likeliest of those cut by a loop or the budget. Whether there is any
 * text is settled by the first token alone, since no words would always be cheaper than many.
 * On abort it rejects with the signal's reason before the next pass.
 */
export async function decodeBeams(steps: Steps, options: BeamOptions, signal: AbortSignal): Promise<Decoded> {
  const { endToken, maxTokens, beams } = options;
  signal.throwIfAborted();
  const { logits: firstLogits, text: beginning } = await begin(steps, options);
  let logits = firstLogits;
  const { vocabularySize } = steps;
  const first = beginning.tokens.length;
  applySuppression(logits, { row: 0, place: first, vocabularySize }, options);
  if (first === 0 && !options.neverEmpty && bestToken(logits, 0, { vocabularySize }) === endToken) {
    const logProbs = [logits[endToken]! - logTotal(logits, 0, { vocabularySize })];
    return { tokens: [], logProbs, looks: [], ending: 'end', passes: 1 };
  }
  const results = new Results(options);
  let texts: readonly Text[] = [beginning];
  for (let passes = 1; ; passes++) {
    const choice = { vocabularySize, forbidden: passes === 1 && first === 0 ? endToken : -1, count: beams + 1 };
    const candidates = texts.flatMap((text, row) => {
      if (passes > 1) applySuppression(logits, { row, place: text.tokens.length, vocabularySize }, options);
      return continuations(text, logits, { ...choice, row });
    });
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
    if (best) return { tokens: [...best.tokens], logProbs: [...best.logProbs], looks: [], ending: best.ending, passes };
    texts = going;
    signal.throwIfAborted();
    logits = await steps.branch(
      texts.map(({ from }) => from),
      texts.map(({ tokens }) => tokens.at(-1)!),
    );
  }
}

/** Reads the prompt and the forced tokens. Returns the logits of what follows, as one row. */
async function begin(
  steps: Steps,
  { prompt, forced = [] }: TextOptions,
): Promise<{ readonly logits: Float32Array; readonly text: Text }> {
  const logits = await steps.read([...prompt, ...forced]);
  const { vocabularySize } = steps;
  const logProbs = forced.map((token, index) =>
    logProbability(logits, prompt.length - 1 + index, { token, vocabularySize }),
  );
  const total = logProbs.reduce((sum, logProb) => sum + logProb, 0);
  return { logits: logits.slice(-vocabularySize), text: { tokens: forced, logProbs, total, from: 0 } };
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
  readonly #options: BeamOptions;
  #endings = 0;
  #accepted: Result | undefined;
  #refused: Result | undefined;
  #cut: Result | undefined;

  constructor(options: BeamOptions) {
    this.#options = options;
  }

  ended(text: Text): void {
    this.#endings++;
    const result: Result = { ...text, ending: 'end' };
    if (this.#options.accepts?.(text.tokens) ?? true) this.#accepted = this.#likelier(this.#accepted, result);
    else this.#refused = this.#likelier(this.#refused, result);
  }

  cut(text: Text, ending: 'loop' | 'budget'): void {
    this.#cut = this.#likelier(this.#cut, { ...text, ending });
  }

  /** The best, once none of the texts that go on is worth following. */
  bestAgainst(going: readonly Text[]): Result | undefined {
    const { beams, rankBy } = this.#options;
    const best = this.#accepted ?? this.#refused ?? this.#cut;
    if (going.length === 0) return best;
    if (this.#accepted === undefined) return this.#endings >= MOST_REFUSED * beams ? best : undefined;
    if (rankBy === 'mean') return this.#endings >= beams ? best : undefined;
    const bar = this.#accepted.total;
    return going.every(({ total }) => total <= bar) ? best : undefined;
  }

  #likelier(a: Result | undefined, b: Result): Result {
    const score = ({ total, logProbs }: Result): number =>
      this.#options.rankBy === 'mean' ? total / logProbs.length : total;
    return a !== undefined && score(a) >= score(b) ? a : b;
  }
}

function continuations(
  { tokens, logProbs, total }: Text,
  logits: Float32Array,
  { row, vocabularySize, ...choice }: { row: number; vocabularySize: number; forbidden: number; count: number },
): Candidate[] {
  const best = bestTokens(logits, row, { vocabularySize, ...choice });
  const sum = logTotal(logits, row, { vocabularySize, best: choice.forbidden === -1 ? best[0] : undefined });
  return best.map((token) => {
    const logProb = Math.min(0, logits[row * vocabularySize + token]! - sum);
    return { tokens, logProbs: [...logProbs, logProb], total: total + logProb, from: row, token };
  });
}

/** Cut, but as likely as the whole: what a loop adds costs little, and must not win by being dropped. */
const shortened = (text: Text, length: number): Text => ({
  ...text,
  tokens: text.tokens.slice(0, length),
  logProbs: text.logProbs.slice(0, length),
});
