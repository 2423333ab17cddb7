// What the model is given: every 20 ms how loud the sound is in eight bands, and as a whole.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';

export const HOP_SAMPLES = SAMPLE_RATE_HZ / 50;
const WINDOW_SAMPLES = 512;
const BIN_HZ = SAMPLE_RATE_HZ / WINDOW_SAMPLES;
const EDGES_HZ = [150, 340, 560, 840, 1180, 1630, 2180, 2870, 3800];
export const FEATURES = EDGES_HZ.length;
/** So far below the loudest frame, in natural logarithms of energy, a frame counts as silence. */
const RANGE = 6;

/** One row for each frame: the bands' log energies around their mean, and the loudness, 0…1. */
export function features(samples) {
  const frames = Array.from({ length: Math.floor(samples.length / HOP_SAMPLES) }, (_, frame) =>
    bandEnergies(samples.subarray(frame * HOP_SAMPLES, frame * HOP_SAMPLES + WINDOW_SAMPLES)),
  );
  const loudness = frames.map((bands) => Math.log(bands.reduce((sum, energy) => sum + energy, 1e-9)));
  const loudest = loudness.reduce((most, value) => Math.max(most, value), -Infinity);
  const rows = frames.flatMap((bands, frame) => {
    const logs = bands.map((energy) => Math.log(energy + 1e-9));
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    return [...logs.map((value) => (value - mean) / RANGE), Math.max(0, 1 - (loudest - loudness[frame]) / RANGE)];
  });
  return { values: Float32Array.from(rows), frames: frames.length };
}

function bandEnergies(window) {
  return EDGES_HZ.slice(1).map((upper, band) => {
    let energy = 0;
    for (let bin = Math.ceil(EDGES_HZ[band] / BIN_HZ); bin * BIN_HZ < upper; bin++) energy += goertzel(window, bin);
    return energy;
  });
}

/** The energy of one frequency: https://en.wikipedia.org/wiki/Goertzel_algorithm */
function goertzel(window, bin) {
  const turn = 2 * Math.cos((2 * Math.PI * bin) / WINDOW_SAMPLES);
  let [before, last] = [0, 0];
  for (const sample of window) [before, last] = [last, sample + turn * last - before];
  return last * last + before * before - turn * last * before;
}
