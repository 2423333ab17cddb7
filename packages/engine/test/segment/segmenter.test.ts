import fc from 'fast-check';
import type { Mark } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { createSegmenter } from '../../src/segment/segmenter.ts';
import type { SegmentRules, SpeechRange } from '../../src/segment/segmenter.ts';

const WINDOW = 100;
const rules: SegmentRules = {
  enterProbability: 0.5,
  leaveProbability: 0.35,
  minSpeechSamples: 200,
  padSamples: 150,
  pauseSamples: 500,
  minPauseSamples: 200,
  softMaxSamples: 2000,
  maxSamples: 4000,
};

function run(probabilities: readonly number[], over: Partial<SegmentRules> = {}): SpeechRange[] {
  const segmenter = createSegmenter({ ...rules, ...over });
  const marks = probabilities.map((speechProbability, i): Mark => ({
    startSample: i * WINDOW,
    endSample: (i + 1) * WINDOW,
    speechProbability,
  }));
  return [...marks.flatMap((mark) => segmenter.push(mark)), ...segmenter.end(probabilities.length * WINDOW)];
}
const times = (count: number, probability: number): number[] => Array.from({ length: count }, () => probability);
const places = (ranges: readonly SpeechRange[]) => ranges.map(({ startSample, endSample }) => [startSample, endSample]);

describe('a segmenter', () => {
  test('keeps pads around speech', () => {
    expect(places(run([...times(5, 0), ...times(5, 1), ...times(10, 0)]))).toEqual([[350, 1150]]);
  });

  test('says where the speech is without pads, while it goes on too', () => {
    expect(run([...times(5, 0), ...times(5, 1), ...times(10, 0)])).toMatchObject([
      { speechStartSample: 500, speechEndSample: 1000 },
    ]);
    const segmenter = createSegmenter(rules);
    segmenter.push({ startSample: 500, endSample: 600, speechProbability: 1 });
    segmenter.push({ startSample: 600, endSample: 700, speechProbability: 0 });
    expect(segmenter.open).toEqual({ startSample: 350, speechStartSample: 500, speechEndSample: 600 });
  });

  test('does not pad beyond the beginning and the end of the audio', () => {
    expect(places(run(times(5, 1)))).toEqual([[0, 500]]);
  });

  test('drops clicks', () => {
    expect(run([...times(5, 0), 1, ...times(10, 0)])).toEqual([]);
  });

  test('hears nothing in silence', () => {
    expect(run(times(50, 0.3))).toEqual([]);
  });

  test('joins speech across a short pause and parts it at a long one', () => {
    expect(run([...times(5, 1), ...times(4, 0), ...times(5, 1)])).toHaveLength(1);
    expect(run([...times(5, 1), ...times(6, 0), ...times(5, 1)])).toHaveLength(2);
  });

  test('keeps on through doubt above the lower threshold', () => {
    expect(places(run([...times(3, 1), ...times(20, 0.4), ...times(9, 0)]))).toEqual([[0, 2450]]);
  });

  test('lets a shorter pause end a long segment', () => {
    const long = times(39, 1);
    expect(run([...long, ...times(3, 0), ...times(5, 1)], { maxSamples: 4100 })).toHaveLength(2);
    expect(run([...times(10, 1), ...times(3, 0), ...times(5, 1)])).toHaveLength(1);
  });

  test('cuts endless speech where it is weakest, without a gap', () => {
    const ranges = run([...times(30, 1), 0.6, ...times(29, 1)]);
    expect(places(ranges)).toEqual([
      [0, 3100],
      [3100, 6000],
    ]);
  });

  test('tells how sure the speech was', () => {
    expect(run([...times(4, 0.9), ...times(4, 0.5)])[0]!.speechProbability).toBeCloseTo(0.7);
  });

  test('ranges come in order, apart, within bounds; no sure speech is outside of them', () => {
    const probability = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
    const runs = fc.array(fc.tuple(probability, fc.integer({ min: 1, max: 40 })), { maxLength: 12 });
    fc.assert(
      fc.property(runs, (parts) => {
        const probabilities = parts.flatMap(([p, count]) => times(count, p));
        const ranges = run(probabilities, { minSpeechSamples: 0 });
        let end = 0;
        for (const { startSample, endSample } of ranges) {
          expect(startSample).toBeGreaterThanOrEqual(end);
          expect(endSample - startSample).toBeGreaterThan(0);
          expect(endSample - startSample).toBeLessThanOrEqual(rules.maxSamples);
          end = endSample;
        }
        expect(end).toBeLessThanOrEqual(probabilities.length * WINDOW);
        probabilities.forEach((p, i) => {
          if (p < rules.enterProbability) return;
          const inside = ranges.some(
            ({ startSample, endSample }) => startSample <= i * WINDOW && (i + 1) * WINDOW <= endSample,
          );
          expect(inside, `window ${i}`).toBe(true);
        });
      }),
    );
  });

  test('never needs audio that it has let go', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0.4, 1), { maxLength: 200 }), (probabilities) => {
        const segmenter = createSegmenter(rules);
        let letGo = 0;
        probabilities.forEach((speechProbability, i) => {
          const mark = { startSample: i * WINDOW, endSample: (i + 1) * WINDOW, speechProbability };
          for (const { startSample } of segmenter.push(mark)) expect(startSample).toBeGreaterThanOrEqual(letGo);
          expect(segmenter.neededFromSample).toBeGreaterThanOrEqual(letGo);
          letGo = segmenter.neededFromSample;
        });
      }),
    );
  });
});
