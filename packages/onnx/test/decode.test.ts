// Decoding gives the likeliest tokens, whatever is proposed, and ends when it should.

import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { decode, tokenBudget, type Attention, type DecodeOptions, type Steps } from '@voiceinput/onnx';
import { lengthBeforeLoop } from '../src/decode/repetition.ts';
import { bestToken, logProbability } from '../src/decode/scores.ts';

const START = 1;
const END = 2;
const WORDS = 12;

/** A model whose next token follows from all tokens read: a hash of them, or a text that it has learnt. */
class ToySteps implements Steps {
  readonly vocabularySize = WORDS;
  readonly readings: number[] = [];
  #read: number[] = [];
  readonly #next: (read: readonly number[]) => number;

  constructor(next: (read: readonly number[]) => number) {
    this.#next = next;
  }

  get length(): number {
    return this.#read.length;
  }

  async read(tokens: readonly number[]): Promise<Float32Array> {
    this.readings.push(tokens.length);
    const logits = new Float32Array(tokens.length * WORDS);
    tokens.forEach((token, row) => {
      this.#read.push(token);
      logits[row * WORDS + this.#next(this.#read)] = 5;
      logits[row * WORDS + 11] = 4;
    });
    return logits;
  }

  branch(): Promise<Float32Array> {
    throw new Error('greedy decoding follows one text');
  }

  forget(length: number): void {
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(this.#read.length);
    this.#read = this.#read.slice(0, length);
  }
}

/** Says of each token how many were read, in each of two heads. */
class LookingSteps extends ToySteps {
  attention: Attention | undefined;

  override async read(tokens: readonly number[]): Promise<Float32Array> {
    const before = this.length;
    const rows = [0, 1].flatMap((head) => tokens.map((_, row) => [before + row + 1, head, 0]));
    this.attention = { weights: Float32Array.from(rows.flat()), heads: 2, frames: 3 };
    return super.read(tokens);
  }
}

const hashed = (seed: number) => (read: readonly number[]) => {
  const hash = read.reduce((sum, token) => Math.imul(sum ^ token, 16_777_619) >>> 0, seed >>> 0);
  return hash % 9 === 0 ? END : 3 + (hash % 8);
};

const learnt = (text: readonly number[]) => (read: readonly number[]) => text[read.length - 1] ?? END;

const options = (more: Partial<DecodeOptions> = {}): DecodeOptions => ({
  prompt: [START],
  endToken: END,
  maxTokens: 40,
  ...more,
});

test('any proposal gives what none gives, in no more passes than tokens', async () => {
  const text = fc.array(fc.integer({ min: 3, max: 10 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.integer(), text, fc.integer({ min: 1, max: 20 }), async (seed, proposal, maxTokens) => {
      const plain = await decode(new ToySteps(hashed(seed)), options({ maxTokens, scores: true }), never);
      const checked = await decode(new ToySteps(hashed(seed)), options({ maxTokens, scores: true, proposal }), never);
      expect({ ...checked, passes: 0 }).toEqual({ ...plain, passes: 0 });
      expect(checked.passes).toBeLessThanOrEqual(plain.passes);
    }),
  );
});

test('a right proposal is checked in one pass', async () => {
  const text = [3, 4, 5, 6, 7, 8, 9, 10, 3, 5];
  const steps = new ToySteps(learnt(text));
  const { tokens, ending, passes } = await decode(steps, options({ proposal: text }), never);
  expect({ tokens, ending, passes }).toEqual({ tokens: text, ending: 'end', passes: 1 });
});

test.each([
  ['one replaced', [3, 4, 5, 6, 7, 10, 9, 8, 3, 5, 4, 6, 8, 10]],
  ['one missing', [3, 4, 5, 6, 7, 9, 10, 3, 5, 4, 6, 8, 10]],
  ['one too many', [3, 4, 5, 6, 7, 4, 8, 9, 10, 3, 5, 4, 6, 8, 10]],
])('after a disagreement the rest of the proposal is used: %s', async (_, proposal) => {
  const text = [3, 4, 5, 6, 7, 8, 9, 10, 3, 5, 4, 6, 8, 10];
  const { tokens, passes } = await decode(new ToySteps(learnt(text)), options({ proposal }), never);
  expect(tokens).toEqual(text);
  expect(passes).toBeLessThan(text.length - 4);
});

test('a proposed token stands within a near-tie, and only a proposed one', async () => {
  const text = [3, 4, 5, 6];
  const second = [3, 11, 5, 6];
  const decoded = async (more: Partial<DecodeOptions>) =>
    (await decode(new ToySteps((read) => text[read.length - 1] ?? END), options(more), never)).tokens;
  expect(await decoded({ proposal: second, nearTie: 0.9 })).toEqual(text);
  expect(await decoded({ proposal: second, nearTie: 1 })).toEqual(second);
  expect(await decoded({ proposal: [3, 9, 5, 6], nearTie: 1 })).toEqual(text);
  expect(await decoded({ nearTie: 1 })).toEqual(text);
});

test('all of a prompt is read before the text, behind whatever was read before', async () => {
  const steps = new ToySteps((read) => [0, 0, 0, 7, 8][read.length - 1] ?? END);
  await steps.read([9]);
  const { tokens, passes } = await decode(steps, options({ prompt: [1, 3, 4], proposal: [7, 8] }), never);
  expect({ tokens, passes, readings: steps.readings }).toEqual({ tokens: [7, 8], passes: 1, readings: [1, 5] });
});

test('a prompt that is read apart costs a pass and changes nothing', async () => {
  const text = [3, 4, 5, 6, 7, 8];
  const steps = new ToySteps((read) => text[read.length - 2] ?? END);
  const apart = options({ prompt: [1, 9], proposal: text, promptApart: true });
  const { tokens, passes } = await decode(steps, apart, never);
  expect({ tokens, passes, readings: steps.readings }).toEqual({ tokens: text, passes: 2, readings: [2, 6] });
});

test('suppressed tokens are never chosen, proposed or not, and some not at first', async () => {
  const steps = (): Steps => new ToySteps(learnt([3, 4, 3, 5]));
  const { tokens } = await decode(steps(), options({ suppressed: [4, 99], suppressedFirst: [3] }), never);
  expect(tokens).toEqual([11, 11, 3, 5]);
  const again = { suppressed: [4, 99], suppressedFirst: [3], proposal: [3, 4, 3, 5], nearTie: 9 };
  expect((await decode(steps(), options(again), never)).tokens).toEqual([11, 11, 3, 5]);
});

test('forced tokens begin the text whatever the model says, in one pass, and count as they are likely', async () => {
  const steps = new ToySteps(learnt([3, 4, 5, 6]));
  const forced = { forced: [11, 4], suppressed: [11], scores: true };
  const { tokens, logProbs, passes } = await decode(steps, options(forced), never);
  expect({ tokens, passes }).toEqual({ tokens: [11, 4, 5, 6], passes: 3 });
  expect(logProbs[0]).toBeLessThan(logProbs[1]! - 0.9);
});

test('a loop that only the caller sees ends the text', async () => {
  const loopAt = (tokens: readonly number[]): number | undefined => (tokens.at(-1) === 5 ? 1 : undefined);
  const { tokens, ending } = await decode(new ToySteps(learnt([3, 4, 5, 6])), options({ loopAt }), never);
  expect({ tokens, ending }).toEqual({ tokens: [3], ending: 'loop' });
});

test.each([
  ['token by token', []],
  ['where it was proposed', [3, 4, 6, 9]],
])('what each token looked at is kept: %s', async (_, proposal) => {
  const steps = new LookingSteps(learnt([3, 4, 5, 6]));
  const { looks } = await decode(steps, options({ prompt: [1, 1], looks: true, proposal }), never);
  // Two heads and three frames; the first frame says how many tokens had been read.
  expect(looks.map((look) => Array.from(look))).toEqual(
    [2, 3, 4, 5].map((read) => [read, 0, 0, read, 1, 0]).slice(0, looks.length),
  );
  expect(looks).toHaveLength(4);
});

test('an end at once is refused when the text cannot be empty', async () => {
  const silent = (): Steps => new ToySteps((read) => (read.length < 3 ? END : 4));
  expect((await decode(silent(), options(), never)).tokens).toEqual([]);
  const { tokens } = await decode(silent(), options({ neverEmpty: true, maxTokens: 3 }), never);
  expect(tokens[0]).toBe(11);
});

test('the budget ends a text, and is rounded up after multiplying', async () => {
  const { tokens, ending } = await decode(new ToySteps(() => 5 + 0), options({ maxTokens: 3 }), never);
  expect({ tokens, ending }).toEqual({ tokens: [5, 5, 5], ending: 'budget' });
  expect(tokenBudget(4_800, { perSecond: 6.5, least: 1, sampleRateHz: 16_000 })).toBe(2);
  expect(tokenBudget(160, { perSecond: 6.5, least: 4, sampleRateHz: 16_000 })).toBe(4);
});

test('a loop is cut to its first turn', async () => {
  const looping = new ToySteps((read) => 3 + ((read.length - 1) % 4));
  const { tokens, ending, logProbs } = await decode(looping, options({ scores: true }), never);
  expect({ tokens, ending }).toEqual({ tokens: [3, 4, 5, 6], ending: 'loop' });
  expect(logProbs).toHaveLength(4);
});

test('what people repeat is no loop', () => {
  expect(lengthBeforeLoop([7, 7, 7, 7, 7])).toBeUndefined();
  expect(lengthBeforeLoop([7, 7, 7, 7, 7, 7])).toBe(1);
  expect(lengthBeforeLoop([7, 8, 7, 8, 7, 8])).toBeUndefined();
  expect(lengthBeforeLoop([9, 7, 8, 7, 8, 7, 8, 7, 8])).toBe(3);
  expect(lengthBeforeLoop([3, 4, 5, 6, 7, 3, 4, 5, 6, 7])).toBeUndefined();
});

test('an abort rejects with its reason at the next token', async () => {
  const reason = new Error('superseded');
  const controller = new AbortController();
  const steps = new ToySteps((read) => {
    if (read.length === 4) controller.abort(reason);
    return 3 + (read.length % 7);
  });
  await expect(decode(steps, options(), controller.signal)).rejects.toBe(reason);
  expect(steps.readings).toHaveLength(4);
});

test('log-probabilities are those of a softmax', () => {
  const logits = Float32Array.of(9, 9, 1, 2, 3, 0.5);
  const exact = (token: number): number => logits[3 + token]! - Math.log(Math.exp(2) + Math.exp(3) + Math.exp(0.5));
  for (const token of [0, 1, 2]) {
    expect(logProbability(logits, 1, { token, vocabularySize: 3 })).toBeCloseTo(exact(token), 6);
    expect(logProbability(logits, 1, { token, vocabularySize: 3, best: 1 })).toBeCloseTo(exact(token), 6);
  }
  expect(logProbability(Float32Array.of(100, -100), 0, { token: 0, vocabularySize: 2 })).toBe(0);
});

test('the best token is the first of equals, and never a forbidden one', () => {
  const logits = Float32Array.of(0, 0, 5, 1, 5, 2);
  expect(bestToken(logits, 1, { vocabularySize: 3 })).toBe(1);
  expect(bestToken(logits, 1, { vocabularySize: 3, forbidden: 1 })).toBe(2);
  expect(bestToken(Float32Array.of(3, 2), 0, { vocabularySize: 2, forbidden: 0 })).toBe(1);
});
