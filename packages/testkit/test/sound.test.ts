import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { chop, concatenate, noise, silence, sine, speechLike, wavOf } from '@voiceinput/testkit';

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('sounds', () => {
  test('are the same for the same seed and others for another', () => {
    expect(noise(1_000, 0.1, 5)).toEqual(noise(1_000, 0.1, 5));
    expect(noise(1_000, 0.1, 5)).not.toEqual(noise(1_000, 0.1, 6));
    expect(speechLike(1_000, 5)).toEqual(speechLike(1_000, 5));
  });

  test('stay within −1…1 and are as loud as they say', () => {
    for (const sound of [sine(16_000), noise(16_000), speechLike(16_000)]) {
      expect(Math.max(...sound.map(Math.abs))).toBeLessThanOrEqual(1);
    }
    expect(rms(sine(16_000, 440, 0.3))).toBeCloseTo(0.3 / Math.SQRT2, 3);
    expect(rms(silence(100))).toBe(0);
    expect(rms(speechLike(16_000))).toBeGreaterThan(0.05);
  });

  test('chopping loses nothing', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), sizes, (samples, chopping) => {
        const whole = noise(samples);
        const frames = chop(whole, chopping, 100);
        expect(concatenate(...frames.map((frame) => frame.samples))).toEqual(whole);
        let at = 100;
        for (const frame of frames) {
          expect(frame.startSample).toBe(at);
          at += frame.samples.length;
        }
      }),
      { seed: 1 },
    );
  });

  test('a WAV file says what it holds', () => {
    const bytes = Buffer.from(wavOf(Float32Array.of(0, 0.5, -1, 2)));
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt32LE(24)).toBe(16_000);
    expect(bytes.readUInt32LE(40)).toBe(8);
    expect([0, 2, 4, 6].map((at) => bytes.readInt16LE(44 + at))).toEqual([0, 16_384, -32_767, 32_767]);
  });
});
