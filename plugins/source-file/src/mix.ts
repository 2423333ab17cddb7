// How the channels of a recording become one.

/** Below this part of the loudness that unrelated channels would leave, the mean has cancelled what is in them. */
const CANCELLED = 0.1;
/** Above it, the mean is whole again. */
const WHOLE = 0.3;
/** Mean square of a sample, −70 dB: below it nothing can be told. */
const QUIET = 1e-7;
/** What was heard longer ago counts less. */
const MEMORY_SAMPLES = 48_000;

/**
 * The mean of all channels; where that would be silence though the channels are not, as with a microphone wired the wrong
 * way round, the loudest channel. Sees every stretch of one recording in order.
 */
export class Mixer {
  #chosen: number | undefined;
  #energies: number[] = [];
  #meanEnergy = 0;
  #samples = 0;

  /** One channel out of arrays of equal length. Takes over the only channel's array when there is one. */
  mix(channels: readonly Float32Array[]): Float32Array {
    const [first, second] = channels;
    if (!first) return new Float32Array(0);
    if (!second) return first;
    const mean = meanOf(channels);
    this.#hear(channels, mean);
    return this.#chosen === undefined ? mean : channels[this.#chosen]!;
  }

  #hear(channels: readonly Float32Array[], mean: Float32Array): void {
    if (this.#energies.length !== channels.length || this.#samples > MEMORY_SAMPLES) this.#forget(channels.length);
    this.#samples += mean.length;
    this.#meanEnergy += energyOf(mean);
    for (const [index, channel] of channels.entries()) this.#energies[index]! += energyOf(channel);
    const all = this.#energies.reduce((sum, energy) => sum + energy, 0);
    if (all / (this.#samples * channels.length) < QUIET) return;
    const left = (this.#meanEnergy * channels.length ** 2) / all;
    if (left > WHOLE) this.#chosen = undefined;
    else if (left < CANCELLED) this.#chosen ??= this.#energies.indexOf(Math.max(...this.#energies));
  }

  #forget(channels: number): void {
    const isSame = this.#energies.length === channels;
    this.#energies = isSame ? this.#energies.map((energy) => energy / 2) : Array<number>(channels).fill(0);
    this.#meanEnergy = isSame ? this.#meanEnergy / 2 : 0;
    this.#samples = isSame ? this.#samples / 2 : 0;
    if (!isSame) this.#chosen = undefined;
  }
}

function meanOf(channels: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(channels[0]!.length);
  for (let index = 0; index < mean.length; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels.length; channel++) sum += channels[channel]![index]!;
    mean[index] = sum / channels.length;
  }
  return mean;
}

/** What is not finite is told later, with its place. */
function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += samples[index]! ** 2;
  return Number.isFinite(sum) ? sum : 0;
}
