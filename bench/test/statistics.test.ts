// Percentiles, intervals and chance: right on known values, the same for the same seed.

import { describe, expect, it } from 'vitest';
import { difference, relativeChange } from '../src/statistics/bootstrap.ts';
import { median, percentile } from '../src/statistics/percentile.ts';
import { randomFrom, shuffled } from '../src/statistics/random.ts';
import { slopePerUnit } from '../src/statistics/slope.ts';

describe('percentiles', () => {
  it('lie between the nearest ranks, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([40, 10, 30, 20], 0.95)).toBeCloseTo(38.5);
    expect(percentile([5], 0.95)).toBe(5);
    expect(percentile([1, 2], 0)).toBe(1);
    expect(percentile([1, 2], 1)).toBe(2);
  });

  it('are not invented from nothing', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leave the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('chance', () => {
  it('repeats with its seed and differs with another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, randomFrom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(3).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('is spread evenly', () => {
    const random = randomFrom(4);
    const mean = Array.from({ length: 10_000 }, random).reduce((sum, value) => sum + value, 0) / 10_000;
    expect(mean).toBeGreaterThan(0.48);
    expect(mean).toBeLessThan(0.52);
  });

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    const mixed = shuffled(items, randomFrom(5));
    expect(mixed).not.toEqual(items);
    expect([...mixed].sort((a, b) => a - b)).toEqual(items);
  });
});

describe('the interval of a change', () => {
  const clips = Array.from({ length: 60 }, (_, index) => ({
    words: 20,
    before: 3 + (index % 7),
    after: index % 3 === 0 ? 3 + (index % 7) : 2 + (index % 7),
  }));

  it('is the same for the same seed', () => {
    expect(relativeChange(clips, 1)).toEqual(relativeChange(clips, 1));
    expect(relativeChange(clips, 1)).not.toEqual(relativeChange(clips, 2));
  });

  it('holds the change and is as wide as theory says', () => {
    const even = clips.map((clip, index) => ({ ...clip, before: 4, after: index % 3 === 0 ? 4 : 3 }));
    const { value, low, high } = relativeChange(even, 1);
    expect(value).toBeCloseTo(-1 / 6);
    // Each clip changes by 0 or −1 of 4 errors: standard error √(2/9 ÷ 60) ÷ 4.
    const expected = 1.96 * (Math.sqrt(2 / 9 / 60) / 4);
    // Changes are whole errors of 240, so the ends lie on a grid.
    const grid = 1 / 240;
    expect(Math.abs(value - low - expected)).toBeLessThan(grid);
    expect(Math.abs(high - value - expected)).toBeLessThan(grid);
  });

  it('is nothing where nothing changed', () => {
    const same = clips.map((clip) => ({ ...clip, after: clip.before }));
    expect(relativeChange(same, 1)).toEqual({ value: 0, low: 0, high: 0 });
  });
});

describe('the interval of a difference', () => {
  it('is in words of all words', () => {
    const clips = Array.from({ length: 50 }, (_, index) => ({ words: 10, before: 2, after: index % 2 === 0 ? 3 : 2 }));
    const { value, low, high } = difference(clips, 1);
    expect(value).toBeCloseTo(0.05);
    expect(low).toBeGreaterThan(0.03);
    expect(high).toBeLessThan(0.07);
  });
});

describe('a slope', () => {
  it('is that of the best line', () => {
    expect(slopePerUnit([0, 1, 2, 3], [5, 7, 9, 11])).toBeCloseTo(2);
    expect(slopePerUnit([0, 1, 2, 3], [5, 6, 5, 6])).toBeCloseTo(0.2);
  });

  it('is unknown of one point', () => {
    expect(slopePerUnit([1], [1])).toBeNaN();
  });
});
