// The weights that turn samples into log-mel frames: windowed Fourier basis and mel filters.

const SAMPLE_RATE_HZ = 16_000;
/** Samples of one frame's window, 25 ms. */
export const WINDOW_SAMPLES = 400;
/** Samples from one frame to the next, 10 ms. */
export const HOP_SAMPLES = 160;
export const FREQUENCIES = WINDOW_SAMPLES / 2 + 1;

/** `[2 · FREQUENCIES, 1, WINDOW_SAMPLES]`: cosines, then negative sines, under a periodic Hann window. */
export function fourierBasis(): Float32Array {
  const basis = new Float32Array(2 * FREQUENCIES * WINDOW_SAMPLES);
  for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
    for (let time = 0; time < WINDOW_SAMPLES; time++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * time) / WINDOW_SAMPLES);
      // The product is taken modulo a turn: sines of large angles lose digits.
      const angle = (2 * Math.PI * ((frequency * time) % WINDOW_SAMPLES)) / WINDOW_SAMPLES;
      basis[frequency * WINDOW_SAMPLES + time] = Math.cos(angle) * window;
      basis[(FREQUENCIES + frequency) * WINDOW_SAMPLES + time] = -Math.sin(angle) * window;
    }
  }
  return basis;
}

/** Slaney's scale: linear to 1000 Hz, then 27 steps for each factor of 6.4. */
const LINEAR_HZ = 200 / 3;
const KNEE_HZ = 1000;
const KNEE_MEL = KNEE_HZ / LINEAR_HZ;
const LOG_STEP = Math.log(6.4) / 27;

const melOf = (hz: number): number => (hz < KNEE_HZ ? hz / LINEAR_HZ : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP);
const hzOf = (mel: number): number =>
  mel < KNEE_MEL ? mel * LINEAR_HZ : KNEE_HZ * Math.exp(LOG_STEP * (mel - KNEE_MEL));

/** `[bands, FREQUENCIES]`: triangles of equal area from 0 to 8000 Hz, as in `librosa.filters.mel`. */
export function melFilters(bands: number): Float32Array {
  const top = melOf(SAMPLE_RATE_HZ / 2);
  const edges = Array.from({ length: bands + 2 }, (_, index) => hzOf((top * index) / (bands + 1)));
  const filters = new Float32Array(bands * FREQUENCIES);
  for (let band = 0; band < bands; band++) {
    const [low, centre, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
      const hz = (frequency * SAMPLE_RATE_HZ) / WINDOW_SAMPLES;
      const slope = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
      filters[band * FREQUENCIES + frequency] = (Math.max(0, slope) * 2) / (high - low);
    }
  }
  return filters;
}
