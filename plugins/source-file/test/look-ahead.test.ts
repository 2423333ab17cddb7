import fc from 'fast-check';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { lookAhead } from '../src/look-ahead.ts';
import { joinedTo } from '../src/pieces.ts';

async function* pieces(lengths: readonly number[], failure?: Error): AsyncGenerator<Float32Array> {
  let next = 0;
  for (const length of lengths) yield Float32Array.from({ length }, () => next++);
  if (failure) throw failure;
}

async function all(audio: AsyncIterable<Float32Array>): Promise<{ arrays: Float32Array[]; error?: unknown }> {
  const arrays: Float32Array[] = [];
  try {
    for await (const array of audio) arrays.push(array);
  } catch (error) {
    return { arrays, error };
  }
  return { arrays };
}

test('whatever the pieces, every sample comes once, in order, before a failure', async () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (each, size, fails) => {
      const failure = fails ? new Error('broken') : undefined;
      const ahead = lookAhead(() => pieces(each, failure), { samples: 100, waitMs: 0 }, never);
      const { arrays, error } = await all(joinedTo(size, ahead));
      const total = each.reduce((sum, length) => sum + length, 0);
      expect(arrays.flatMap((array) => [...array])).toEqual(Array.from({ length: total }, (_, index) => index));
      for (const array of arrays.slice(0, -1)) expect(array).toHaveLength(size);
      expect(error).toBe(failure);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a short recording is fetched whole before its first piece', async () => {
  let fetched = 0;
  async function* counted(): AsyncGenerator<Float32Array> {
    for await (const piece of pieces([10, 10, 10])) {
      fetched++;
      yield piece;
    }
  }
  const ahead = lookAhead(counted, { samples: 1000, waitMs: 60_000 }, never);
  await ahead.next();
  expect(fetched).toBe(3);
  await ahead.return(undefined);
});

test('a long recording is fetched only as far as agreed', async () => {
  let fetched = 0;
  async function* endless(): AsyncGenerator<Float32Array> {
    for (;;) {
      fetched++;
      yield new Float32Array(10);
    }
  }
  const ahead = lookAhead(endless, { samples: 100, waitMs: 60_000 }, never);
  await ahead.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetched).toBeLessThanOrEqual(12);
  await ahead.return(undefined);
  expect(fetched).toBeLessThanOrEqual(12);
});

test('leaving tells the other end, even while it waits', async () => {
  let told = false;
  async function* silent(signal: AbortSignal): AsyncGenerator<Float32Array> {
    yield new Float32Array(1);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    told = true;
  }
  const ahead = lookAhead(silent, { samples: 100, waitMs: 0 }, never);
  await ahead.next();
  await ahead.return(undefined);
  expect(told).toBe(true);
});
