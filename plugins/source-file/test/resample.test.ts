import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Resampler } from '../src/resample.ts';
import { firstDifference } from './same.ts';

const resampled = (input: Float32Array, rateHz: number, cuts: readonly number[] = []): Float32Array => {
  const resampler = new Resampler(rateHz);
  const edges = [0, ...cuts, input.length];
  const parts = edges.slice(1).map((end, index) => resampler.push(input.slice(edges[index], end)));
  return Float32Array.from([...parts, resampler.end()].flatMap((part) => [...part]));
};

const sine = (hz: number, rateHz: number, seconds = 0.5): Float32Array =>
  Float32Array.from({ length: rateHz * seconds }, (_, index) => Math.sin((2 * Math.PI * hz * index) / rateHz));

/** Decibels against a full sine, away from the edges. */
const levelDb = (samples: Float32Array): number => {
  const inner = samples.slice(800, -800);
  return 10 * Math.log10((inner.reduce((sum, value) => sum + value * value, 0) / inner.length) * 2 + 1e-20);
};

test.each([
  [44_100, 100],
  [44_100, 3000],
  [44_100, 6800],
  [48_000, 6800],
  [44_056, 5000],
  [96_000, 6800],
  [8000, 3300],
])('from %d Hz, a tone of %d Hz passes within 0.05 dB, in time', (rateHz, hz) => {
  const output = resampled(sine(hz, rateHz), rateHz);
  expect(Math.abs(levelDb(output))).toBeLessThan(0.05);
  const expected = sine(hz, 16_000);
  const error = output.map((value, index) => value - (expected[index] ?? 0));
  expect(levelDb(error)).toBeLessThan(-45);
});

test.each([
  [44_100, 8600],
  [44_100, 15_000],
  [48_000, 9000],
  [48_000, 23_000],
  [44_056, 12_000],
  [96_000, 40_000],
])('from %d Hz, a tone of %d Hz leaves no alias above −60 dB', (rateHz, hz) => {
  expect(levelDb(resampled(sine(hz, rateHz), rateHz))).toBeLessThan(-60);
});

test('from 8,000 Hz, a tone leaves no image above −60 dB', () => {
  const output = resampled(sine(3000, 8000), 8000);
  const expected = sine(3000, 16_000);
  const gain = output.slice(800, -800).reduce((sum, value, index) => sum + value * expected[index + 800]!, 0) / 3200;
  const rest = output.map((value, index) => value - gain * (expected[index] ?? 0));
  expect(levelDb(rest)).toBeLessThan(-60);
});

test('however the input is cut, the output is the same to the last sample', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8000, 11_025, 44_100, 48_000, 44_056, 767_999),
      fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 3000 }),
      fc.array(fc.nat(3000), { maxLength: 6 }),
      (rateHz, values, cuts) => {
        const input = Float32Array.from(values, (value) => value / 100);
        const sorted = cuts.map((cut) => Math.min(cut, input.length)).sort((a, b) => a - b);
        const output = resampled(input, rateHz, sorted);
        expect(firstDifference(output, resampled(input, rateHz))).toBe(-1);
        expect(output).toHaveLength(Math.ceil((input.length * 16_000) / rateHz));
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});

test('a constant stays what it is up to the edges', () => {
  const output = resampled(new Float32Array(44_100).fill(0.5), 44_100);
  for (const value of output.slice(50, -50)) expect(value).toBeCloseTo(0.5, 6);
});
