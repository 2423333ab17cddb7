import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipsOf } from '../../src/dataset/cutting.ts';

const MS = 16;
const SECOND = 1000 * MS;

/** Loud while words are said; in each pause one place is silent. */
function recording(words: readonly { from: number; to: number }[], length: number): Float32Array {
  const samples = new Float32Array(length).fill(0.01);
  for (const { from, to } of words) samples.fill(0.5, from, to);
  return samples;
}

async function* inPieces(samples: Float32Array, size: number): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += size) yield samples.subarray(at, at + size);
}

test('a clip holds its words whole and nothing of others, however the recording comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ pauseMs: fc.integer({ min: 200, max: 1500 }), wordMs: fc.integer({ min: 300, max: 4000 }) }),
        { minLength: 1, maxLength: 6 },
      ),
      fc.integer({ min: 500, max: 60_000 }),
      async (course, size) => {
        let at = 0;
        const words = course.map(({ pauseMs, wordMs }) => {
          const from = at + pauseMs * MS;
          return { from, to: (at = from + wordMs * MS) };
        });
        const length = at + SECOND;
        const pairs = words.map(({ from, to }, index) => ({
          begins: { from: words[index - 1]?.to ?? 0, to: from },
          ends: { from: to, to: words[index + 1]?.from ?? to + SECOND },
        }));
        const clips = [];
        for await (const clip of clipsOf(inPieces(recording(words, length), size), pairs)) clips.push(clip);
        expect(clips.map(({ pair }) => pair)).toEqual(pairs);
        for (const [index, { samples }] of clips.entries()) {
          const loud = samples.reduce((count, value) => count + (value > 0.1 ? 1 : 0), 0);
          expect(loud).toBe(words[index]!.to - words[index]!.from);
          expect(samples.length - loud).toBeLessThanOrEqual(600 * MS);
        }
      },
    ),
    { numRuns: 60 },
  );
});
