// From decodings to figures: the end mark is a token, and texts are compared token by token.

import { describe, expect, it } from 'vitest';
import { savingOf, summariseWay } from '../src/tokens/summary.ts';
import type { ClipRuns, Run } from '../src/tokens/ways.ts';

const run = (wallMs: number, tokens: readonly number[], passes = tokens.length + 1): Run => ({
  wallMs,
  processorMs: 2 * wallMs,
  tokens,
  passes,
});
function clip(publishedMs: number, preparedMs: number, partial: readonly number[]): ClipRuns {
  const tokens = [5, 6, 7];
  return {
    clip: '',
    encoding: { published: run(1, []), prepared: run(1, []) },
    decoding: {
      published: run(publishedMs, tokens),
      'prepared, published encoder': run(preparedMs, tokens),
      prepared: run(1, tokens),
      'own tokens proposed': run(1, tokens, 1),
      'a partial proposed': run(2, partial, 2),
    },
  };
}
const runs = [clip(40, 10, [5, 6, 7]), clip(80, 16, [5, 67]), clip(40, 12, [5, 6, 7])];

describe('a way of decoding', () => {
  it('costs so much a token, the end mark counted', () => {
    expect(summariseWay(runs, 'published')).toMatchObject({
      wallMsPerToken: 10,
      processorMsPerToken: 20,
      wallMsPerClip: 40,
    });
    expect(summariseWay(runs, 'own tokens proposed').passesPerToken).toBe(1 / 4);
  });

  it('is compared token by token', () => {
    expect(summariseWay(runs, 'a partial proposed')).toMatchObject({ against: 'prepared', equal: 2, of: 3 });
    expect(summariseWay(runs, 'prepared, published encoder')).toMatchObject({ against: 'published', equal: 3, of: 3 });
    expect(summariseWay(runs, 'prepared')).toMatchObject({ against: 'published', equal: 3, of: 3 });
  });
});

it('preparation saves by clip and by median', () => {
  const { ofMedians, p50 } = savingOf(runs, 'processorMs');
  expect(ofMedians).toBeCloseTo(12 / 40);
  expect(p50).toBeCloseTo(0.25);
});
