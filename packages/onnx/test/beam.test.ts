// A beam search finds likelier texts than greedy decoding, the likeliest when it is wide enough, and ends.

import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { decode, decodeBeams, type BeamOptions, type Decoded, type Steps } from '@voiceinput/onnx';
import { bestTokens, logProbability } from '../src/decode/scores.ts';

const START = 1;
const END = 2;

type Model = (text: readonly number[]) => Float32Array;

/** A model that gives logits for what follows any text; it follows several texts at once. */
class ToySteps implements Steps {
  readonly vocabularySize: number;
  readonly batches: number[] = [];
  #texts: number[][] = [[]];
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
    this.vocabularySize = model([START]).length;
  }

  get length(): number {
    return this.#texts[0]!.length;
  }

  async read(tokens: readonly number[]): Promise<Float32Array> {
    expect(this.#texts).toHaveLength(1);
    const rows = tokens.map((token) => {
      this.#texts[0]!.push(token);
      return this.#model(this.#texts[0]!);
    });
    return joined(rows);
  }

  async branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array> {
    expect(from).toHaveLength(tokens.length);
    this.batches.push(tokens.length);
    this.#texts = from.map((row, index) => [...this.#texts[row]!, tokens[index]!]);
    return joined(this.#texts.map(this.#model));
  }

  forget(length: number): void {
    this.#texts = this.#texts.map((text) => text.slice(0, length));
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}

/** Logits that follow from the last tokens read, without ties; an end is rare. */
const hashed =
  (seed: number, words = 8): Model =>
  (text) =>
    Float32Array.from({ length: words }, (_, token) => {
      let hash = seed | 0;
      for (const part of [...text.slice(-3), text.length, token])
        hash = Math.imul(hash ^ (part + 1), 0x9e3779b1) ^ (hash >>> 15);
      return ((hash >>> 0) / 2 ** 32) * 4 - (token === END && text.length < 3 ? 9 : 0);
    });

/** A model that has learnt what follows which texts; anything else ends. Numbers are probabilities. */
const learnt =
  (table: Record<string, Record<number, number>>): Model =>
  (text) => {
    const row = new Float32Array(12).fill(-30);
    for (const [token, probability] of Object.entries(table[text.slice(1).join(' ')] ?? { [END]: 1 }))
      row[Number(token)] = Math.log(probability);
    return row;
  };

const options = (more: Partial<BeamOptions> = {}): BeamOptions => ({
  prompt: [START],
  endToken: END,
  maxTokens: 12,
  beams: 3,
  ...more,
});

const total = ({ logProbs }: Decoded): number => logProbs.reduce((sum, logProb) => sum + logProb, 0);

test('one beam is greedy decoding, pass for pass', async () => {
  const ways = fc.record({ maxTokens: fc.integer({ min: 1, max: 30 }), neverEmpty: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 4, max: 9 }), ways, async (seed, words, way) => {
      const model = hashed(seed, words);
      const greedy = await decode(new ToySteps(model), { ...options(way), scores: true }, never);
      expect(await decodeBeams(new ToySteps(model), options({ ...way, beams: 1 }), never)).toEqual(greedy);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('loops, budgets and silence end one beam as they end greedy decoding', async () => {
  const looping: Model = (text) =>
    Float32Array.from({ length: 9 }, (_, token) => (token === 3 + (text.length % 4) ? 9 : token / 9));
  const silent: Model = (text) =>
    Float32Array.from({ length: 9 }, (_, token) => (token === END ? 5 : token === 4 ? 4 : 0) - text.length);
  const endings = [];
  for (const [model, way] of [
    [looping, { maxTokens: 40 }],
    [looping, { maxTokens: 3 }],
    [silent, {}],
    [silent, { neverEmpty: true }],
  ] as const) {
    const greedy = await decode(new ToySteps(model), { ...options(way), scores: true }, never);
    const beam = await decodeBeams(new ToySteps(model), options({ ...way, beams: 1 }), never);
    expect(beam).toEqual(greedy);
    endings.push(beam.ending);
  }
  expect(endings).toEqual(['loop', 'budget', 'end', 'end']);
});

test('a wide enough search finds the likeliest of all texts', async () => {
  const WORDS = 5;
  const LONGEST = 3;
  const everyText = (
    model: Model,
    text: readonly number[],
    sum: number,
  ): { tokens: readonly number[]; sum: number }[] => {
    const logits = model([START, ...text]);
    const follow = (token: number): number => sum + logProbability(logits, 0, { token, vocabularySize: WORDS });
    const ended = text.length === 0 ? [] : [{ tokens: text, sum: follow(END) }];
    if (text.length === LONGEST - 1) return ended;
    const words = Array.from({ length: WORDS }, (_, token) => token).filter((token) => token !== END);
    return [...ended, ...words.flatMap((token) => everyText(model, [...text, token], follow(token)))];
  };
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const model = hashed(seed, WORDS);
      const best = everyText(model, [], 0).toSorted((a, b) => b.sum - a.sum)[0]!;
      const found = await decodeBeams(
        new ToySteps(model),
        options({ beams: WORDS ** LONGEST, maxTokens: LONGEST, neverEmpty: true }),
        never,
      );
      expect(found).toMatchObject({ tokens: best.tokens, ending: 'end' });
      expect(total(found)).toBeCloseTo(best.sum, 5);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('more beams find likelier texts: in sum by far, and hardly ever a less likely one', async () => {
  const sums = { greedy: 0, beams: 0 };
  let worse = 0;
  for (let seed = 0; seed < 300; seed++) {
    const greedy = await decode(new ToySteps(hashed(seed)), { ...options({ neverEmpty: true }), scores: true }, never);
    const beams = await decodeBeams(new ToySteps(hashed(seed)), options({ neverEmpty: true, beams: 4 }), never);
    if (greedy.ending !== 'end' || beams.ending !== 'end') continue;
    sums.greedy += total(greedy);
    sums.beams += total(beams);
    if (total(beams) < total(greedy) - 1e-6) worse++;
  }
  expect(sums.beams).toBeGreaterThan(0.8 * sums.greedy);
  expect(sums.greedy).toBeLessThan(-300);
  expect(worse).toBeLessThan(10);
});

const doubtful = learnt({
  '': { 3: 0.6, 4: 0.4 },
  '3': { 5: 0.4, 6: 0.3, 7: 0.3 },
  '4': { 8: 0.9, 9: 0.1 },
});

test('a text that begins less likely wins when it is likelier as a whole', async () => {
  const greedy = await decode(new ToySteps(doubtful), { ...options(), scores: true }, never);
  const beams = await decodeBeams(new ToySteps(doubtful), options({ beams: 2 }), never);
  expect(greedy.tokens).toEqual([3, 5]);
  expect(beams.tokens).toEqual([4, 8]);
  expect(beams.logProbs.map((logProb) => Math.exp(logProb).toFixed(2))).toEqual(['0.40', '0.90', '1.00']);
});

test('with the mean, a long text is not passed over for being long', async () => {
  const model = learnt({
    '': { 3: 0.5, 4: 0.5 },
    '3': { [END]: 0.5, 7: 0.5 },
    '3 7': { 9: 0.6, 10: 0.4 },
    '4': { 5: 0.7, 8: 0.3 },
    '4 5': { 6: 0.7, 8: 0.3 },
  });
  const found = async (rankBy: 'sum' | 'mean'): Promise<readonly number[]> =>
    (await decodeBeams(new ToySteps(model), options({ beams: 2, rankBy }), never)).tokens;
  expect(await found('sum')).toEqual([3]);
  expect(await found('mean')).toEqual([4, 5, 6]);
});

test('a search keeps to what is forced and what is suppressed', async () => {
  const steps = new ToySteps(doubtful);
  const forced = await decodeBeams(steps, options({ beams: 2, forced: [3], suppressed: [5] }), never);
  expect(forced.tokens).toEqual([3, 6]);
  expect(Math.exp(forced.logProbs[0]!)).toBeCloseTo(0.6, 5);
  const { tokens } = await decodeBeams(new ToySteps(doubtful), options({ beams: 2, suppressedFirst: [4] }), never);
  expect(tokens).toEqual([3, 5]);
});

test('a refused text does not win, unless all are refused', async () => {
  const found = async (accepts: (tokens: readonly number[]) => boolean): Promise<readonly number[]> =>
    (await decodeBeams(new ToySteps(doubtful), options({ beams: 3, accepts }), never)).tokens;
  expect(await found((tokens) => tokens[0] !== 4)).toEqual([3, 5]);
  expect(await found(() => false)).toEqual([4, 8]);
});

test('after a refused text one that goes on is waited for, for a while', async () => {
  const steps = (): Steps => new ToySteps(learnt({ '': { 3: 0.6, 4: 0.4 }, '4': { 5: 1 }, '4 5': { [END]: 1 } }));
  const accepts = (tokens: readonly number[]): boolean => tokens[0] === 4;
  const { tokens } = await decodeBeams(steps(), options({ beams: 2, accepts }), never);
  expect(tokens).toEqual([4, 5]);
  const none = await decodeBeams(steps(), options({ beams: 2, accepts: () => false }), never);
  expect(none.tokens).toEqual([3]);
});

test('it stops when no text that goes on can win', async () => {
  const steps = new ToySteps(learnt({ '': { 3: 0.9, 4: 0.1 }, '4': { 5: 1 }, '4 5': { 6: 1 }, '4 5 6': { 7: 1 } }));
  const { tokens, passes } = await decodeBeams(steps, options({ beams: 2 }), never);
  expect({ tokens, passes, batches: steps.batches }).toEqual({ tokens: [3], passes: 2, batches: [2] });
});

test('an ended text goes before a likelier one that was cut', async () => {
  const steps = (): Steps =>
    new ToySteps(learnt({ '': { 3: 0.9, 4: 0.1 }, '3': { 3: 1 }, '3 3': { 3: 1 }, '3 3 3': { 3: 1 } }));
  const ended = await decodeBeams(steps(), options({ beams: 2, maxTokens: 3 }), never);
  expect({ tokens: ended.tokens, ending: ended.ending }).toEqual({ tokens: [4], ending: 'end' });
  const cut = await decodeBeams(steps(), options({ beams: 1, maxTokens: 3 }), never);
  expect({ tokens: cut.tokens, ending: cut.ending }).toEqual({ tokens: [3, 3, 3], ending: 'budget' });
});

test('an abort rejects with its reason at the next token', async () => {
  const reason = new Error('superseded');
  const controller = new AbortController();
  const steps = new ToySteps((text) => {
    if (text.length === 4) controller.abort(reason);
    return hashed(1)([...text, 0]).fill(-9, END, END + 1);
  });
  await expect(decodeBeams(steps, options(), controller.signal)).rejects.toBe(reason);
  expect(steps.batches).toHaveLength(3);
});

test('the best tokens are those of a full sort, the first of equals first', () => {
  const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -1, max: 40 }),
      (values, count, forbidden) => {
        const logits = Float32Array.from([7, ...values]).subarray(1);
        const sorted = values
          .map((value, token) => ({ value, token }))
          .filter(({ token }) => token !== forbidden)
          .toSorted((a, b) => b.value - a.value);
        const best = bestTokens(logits, 0, { vocabularySize: values.length, count, forbidden });
        expect(best).toEqual(sorted.slice(0, count).map(({ token }) => token));
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});
