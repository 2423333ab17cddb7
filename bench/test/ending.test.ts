// Endings of a dictation: the cut is where the detector last heard speech, and the background is the clip's own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backgroundOf, cutAfterSpeech, followedBy, speechEndOf, trimToSpeech } from '../src/evaluation/ending.ts';
import type { Hearing } from '../src/evaluation/ending.ts';

const WINDOW = 512;

/** One window for each probability; every sample of a window has the window's number, counted from 1. */
function hearing(...probabilities: number[]): Hearing {
  const marks = probabilities.map((speechProbability, index) => ({
    startSample: index * WINDOW,
    endSample: (index + 1) * WINDOW,
    speechProbability,
  }));
  const samples = Float32Array.from({ length: probabilities.length * WINDOW }, (_, at) => Math.floor(at / WINDOW) + 1);
  return { samples, marks, leaveProbability: 0.35 };
}
const windowsIn = (samples: Float32Array): number[] => [...new Set(samples)];

describe('the cut', () => {
  it('is at the end of the last window from the probability on', () => {
    expect(speechEndOf(hearing(0.1, 0.9, 0.2, 0.35, 0.34, 0))).toBe(4 * WINDOW);
    expect(cutAfterSpeech(hearing(0.1, 0.9, 0.2))).toHaveLength(2 * WINDOW);
  });

  it('leaves a clip alone in which nobody speaks', () => {
    expect(cutAfterSpeech(hearing(0.1, 0.2))).toHaveLength(2 * WINDOW);
    expect(cutAfterSpeech({ ...hearing(), samples: new Float32Array(100) })).toHaveLength(100);
  });
});

describe('trimming', () => {
  it('leaves a pad around the speech', () => {
    const trimmed = trimToSpeech(hearing(0, 0, 0.9, 0.1, 0.9, 0, 0), WINDOW);
    expect(windowsIn(trimmed)).toEqual([2, 3, 4, 5, 6]);
  });

  it('keeps to the clip', () => {
    expect(trimToSpeech(hearing(0, 0.9, 0), 10 * WINDOW)).toHaveLength(3 * WINDOW);
    expect(trimToSpeech(hearing(0, 0), WINDOW)).toHaveLength(2 * WINDOW);
  });
});

describe('the background', () => {
  it('is the middle of the longest stretch without speech, not beside it', () => {
    const { samples, ownSamples } = backgroundOf(hearing(0, 0, 0.9, 0, 0, 0, 0, 0, 0.9), WINDOW);
    expect(windowsIn(samples)).toEqual([6]);
    expect(ownSamples).toBe(WINDOW);
  });

  it('leaves out what borders on speech', () => {
    const { samples, ownSamples } = backgroundOf(hearing(0.9, 0, 0, 0, 0.9), 3 * WINDOW);
    expect(windowsIn(samples)).toEqual([3]);
    expect(ownSamples).toBe(WINDOW);
  });

  it('is one piece where that is long enough', () => {
    const { samples } = backgroundOf(hearing(0.9, 0, 0, 0, 0, 0.9), 2 * WINDOW);
    expect(windowsIn(samples)).toEqual([3, 4]);
  });

  it('goes forth and back where it is short', () => {
    const clip = { ...hearing(0.9, 0, 0.9), samples: Float32Array.from({ length: 3 * WINDOW }, (_, at) => at) };
    const { samples, ownSamples } = backgroundOf(clip, 3 * WINDOW);
    expect(ownSamples).toBe(WINDOW);
    expect([...samples.subarray(WINDOW - 1, WINDOW + 2)]).toEqual([1023, 1023, 1022]);
    expect([...samples.subarray(2 * WINDOW - 1, 2 * WINDOW + 2)]).toEqual([512, 512, 513]);
  });

  it('is what is speech least where all is speech', () => {
    expect(windowsIn(backgroundOf(hearing(0.9, 0.4, 0.8), 700).samples)).toEqual([2]);
  });

  it('always is as long as asked for and never holds speech while there is a window without', () => {
    const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(probabilities, fc.integer({ min: 1, max: 9000 }), (heard, lengthSamples) => {
        const { samples } = backgroundOf(hearing(...heard), lengthSamples);
        expect(samples).toHaveLength(lengthSamples);
        const quiet = windowsIn(samples).filter((window) => heard[window - 1]! < 0.35);
        if (heard.some((probability) => probability < 0.35)) expect(quiet).toEqual(windowsIn(samples));
      }),
      { seed: 3 },
    );
  });
});

describe('joining', () => {
  it('has no step where the speech ends', () => {
    const whole = followedBy(new Float32Array(1000).fill(1), new Float32Array(1000).fill(-1));
    expect(whole).toHaveLength(2000);
    const steps = [...whole].map((value, at) => Math.abs(value - (whole[at - 1] ?? value)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
    expect(whole[1999]).toBe(-1);
  });

  it('leaves the speech as it is', () => {
    const speech = Float32Array.from({ length: 300 }, (_, at) => at / 300);
    expect(followedBy(speech, new Float32Array(10)).subarray(0, 300)).toEqual(speech);
  });
});
