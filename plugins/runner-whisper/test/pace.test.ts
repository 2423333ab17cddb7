// Several texts are followed where there is time for it.

import { expect, test } from 'vitest';
import { Pace } from '../src/pace.ts';

const request = (seconds: number, tokens?: number) => ({
  clip: { samples: new Float32Array(16_000 * seconds), startSample: 0 },
  hint:
    tokens === undefined
      ? {}
      : { proposal: { text: '', tokens: Array.from({ length: tokens }, () => 1), vocabulary: 'v' } },
  beams: 4,
});

test('a text that is short enough is searched, by its draft or by its length', () => {
  const pace = new Pace(10);
  expect(pace.beamsFor(request(20, 80), 800)).toBe(4);
  expect(pace.beamsFor(request(20, 81), 800)).toBe(1);
  expect(pace.beamsFor(request(16), 800)).toBe(4);
  expect(pace.beamsFor(request(17), 800)).toBe(1);
});

test('a machine that becomes slow is noticed, and one that recovers', () => {
  const pace = new Pace(10);
  for (let run = 0; run < 20; run++) pace.took(5000, 50);
  expect(pace.beamsFor(request(20, 20), 800)).toBe(1);
  for (let run = 0; run < 20; run++) pace.took(500, 50);
  expect(pace.beamsFor(request(20, 70), 800)).toBe(4);
});

test('a run without text says nothing about the pace', () => {
  const pace = new Pace(10);
  pace.took(5000, 0);
  expect(pace.beamsFor(request(20, 80), 800)).toBe(4);
});
