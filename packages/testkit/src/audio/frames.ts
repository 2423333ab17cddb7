// How samples are chopped into frames.

import type { Frame } from '@voiceinput/plugin-api';

/** Contiguous frames that hold all of `samples`. `sizes` are taken round and round; each at least 1. The frames own copies. */
export function chop(samples: Float32Array, sizes: readonly number[] = [320], startSample = 0): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0, index = 0; at < samples.length; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1);
    frames.push({ samples: samples.slice(at, at + size), startSample: startSample + at });
    at += size;
  }
  return frames;
}
