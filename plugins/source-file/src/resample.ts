// How audio of another rate becomes 16 000 Hz: a windowed-sinc polyphase filter without seams.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { Pcm } from './pcm.ts';

/**
 * Kaiser-windowed sinc, https://ccrma.stanford.edu/~jos/resample. These values give a pass band within 0.02 dB up to
 * 6.8 kHz and 63 dB of alias suppression from 8.5 kHz on (measured in the tests) at the least work: speech has next to
 * nothing up there.
 */
const HALF_PERIODS = 20;
const KAISER_BETA = 6.2;
const CUTOFF = 0.955;
/** Rates that share few factors with 16 000 need more phases than this; theirs are interpolated. */
const MOST_PHASES = 1024;

/** Audio at 16 000 Hz, clipped to −1…1. At 16 000 Hz samples pass unchanged. */
export async function* atSpeechRate(audio: AsyncIterable<Pcm>): AsyncGenerator<Float32Array> {
  let rateHz = 0;
  let resampler: Resampler | undefined;
  try {
    for await (const pcm of audio) {
      if (pcm.rateHz !== rateHz) {
        if (resampler) yield clipped(resampler.end());
        rateHz = pcm.rateHz;
        resampler = rateHz === SAMPLE_RATE_HZ ? undefined : new Resampler(rateHz);
      }
      const samples = resampler ? resampler.push(pcm.samples) : pcm.samples;
      if (samples.length > 0) yield clipped(samples);
    }
  } catch (error) {
    // What was heard before the damage is still given, to its last sample.
    if (resampler) yield clipped(resampler.end());
    throw error;
  }
  if (resampler) yield clipped(resampler.end());
}

/** Turns one channel at `rateHz` into one at 16 000 Hz: sample k of the result is the sound at k / 16 000 s. */
export class Resampler {
  /** One kernel for each phase, one after the other, each `#taps` long; a last one closes the interpolation. */
  readonly #kernels: Float64Array;
  readonly #taps: number;
  readonly #phases: number;
  /** Input position advances by `#step / #scale` for each output sample. */
  readonly #step: number;
  readonly #scale: number;
  readonly #rateHz: number;
  #held: Float64Array;
  #heldLength: number;
  /** Numerator of the position of the next output within `#held`; its whole part is the first tap. */
  #cursor = 0;
  #inputSamples = 0;
  #outputSamples = 0;

  constructor(rateHz: number) {
    const divisor = greatestCommonDivisor(rateHz, SAMPLE_RATE_HZ);
    this.#rateHz = rateHz;
    this.#scale = SAMPLE_RATE_HZ / divisor;
    this.#step = rateHz / divisor;
    this.#phases = Math.min(this.#scale, MOST_PHASES);
    const cutoff = CUTOFF * Math.min(1, SAMPLE_RATE_HZ / rateHz);
    const halfTaps = Math.ceil(HALF_PERIODS / cutoff);
    this.#taps = 2 * halfTaps;
    this.#kernels = kernels(this.#phases, halfTaps, cutoff);
    this.#held = new Float64Array(this.#taps * 2);
    // Silence before the beginning, so that the first output is centred on the first input.
    this.#heldLength = halfTaps - 1;
  }

  push(samples: Float32Array): Float32Array {
    this.#inputSamples += samples.length;
    return this.#filter(samples);
  }

  /** The rest, to the end of the last sample pushed. */
  end(): Float32Array {
    const rest = this.#filter(new Float32Array(this.#taps));
    const wanted = Math.ceil((this.#inputSamples * SAMPLE_RATE_HZ) / this.#rateHz);
    return rest.subarray(0, Math.max(0, rest.length - (this.#outputSamples - wanted)));
  }

  #filter(samples: Float32Array): Float32Array {
    this.#hold(samples);
    const taps = this.#taps;
    const last = this.#heldLength - taps;
    const room = Math.max(0, Math.ceil(((last + 1) * this.#scale - this.#cursor) / this.#step));
    const output = new Float32Array(room);
    const exact = this.#phases === this.#scale;
    for (let index = 0; index < room; index++) {
      const first = Math.floor(this.#cursor / this.#scale);
      const phase = ((this.#cursor - first * this.#scale) * this.#phases) / this.#scale;
      output[index] = exact ? this.#dot(first, phase * taps) : this.#between(first, phase);
      this.#cursor += this.#step;
    }
    const used = Math.min(this.#heldLength, Math.floor(this.#cursor / this.#scale));
    this.#held.copyWithin(0, used, this.#heldLength);
    this.#heldLength -= used;
    this.#cursor -= used * this.#scale;
    this.#outputSamples += room;
    return output;
  }

  #hold(samples: Float32Array): void {
    const length = this.#heldLength + samples.length;
    if (length > this.#held.length) {
      const wider = new Float64Array(length);
      wider.set(this.#held.subarray(0, this.#heldLength));
      this.#held = wider;
    }
    this.#held.set(samples, this.#heldLength);
    this.#heldLength = length;
  }

  #dot(first: number, kernel: number): number {
    const held = this.#held;
    const kernels = this.#kernels;
    const taps = this.#taps;
    let even = 0;
    let odd = 0;
    for (let tap = 0; tap < taps; tap += 2) {
      even += held[first + tap]! * kernels[kernel + tap]!;
      odd += held[first + tap + 1]! * kernels[kernel + tap + 1]!;
    }
    return even + odd;
  }

  #between(first: number, phase: number): number {
    const whole = Math.floor(phase);
    const before = this.#dot(first, whole * this.#taps);
    const after = this.#dot(first, (whole + 1) * this.#taps);
    return before + (after - before) * (phase - whole);
  }
}

function kernels(phases: number, halfTaps: number, cutoff: number): Float64Array {
  const taps = 2 * halfTaps;
  const table = new Float64Array((phases + 1) * taps);
  for (let phase = 0; phase <= phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (halfTaps - 1) - phase / phases;
      const weight = cutoff * sinc(cutoff * distance) * kaiser(distance / halfTaps);
      table[phase * taps + tap] = weight;
      sum += weight;
    }
    // Every phase passes a constant unchanged.
    for (let tap = 0; tap < taps; tap++) table[phase * taps + tap]! /= sum;
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
}

/** The modified Bessel function of the first kind, order 0, by its power series. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function clipped(samples: Float32Array): Float32Array {
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    if (sample > 1) samples[index] = 1;
    else if (sample < -1) samples[index] = -1;
  }
  return samples;
}
