// What a Whisper of given dimensions is called.

import type { Dims } from '../description/description.ts';

const sizes: readonly { width: number; encoderLayers: number; decoderLayers: number; size: string }[] = [
  { width: 384, encoderLayers: 4, decoderLayers: 4, size: 'tiny' },
  { width: 512, encoderLayers: 6, decoderLayers: 6, size: 'base' },
  { width: 768, encoderLayers: 12, decoderLayers: 12, size: 'small' },
  { width: 1024, encoderLayers: 24, decoderLayers: 24, size: 'medium' },
  { width: 1280, encoderLayers: 32, decoderLayers: 32, size: 'large' },
  { width: 1280, encoderLayers: 32, decoderLayers: 4, size: 'large-v3-turbo' },
];

/** In the English vocabulary, which the `.en` models have. */
const ENGLISH_SIZE = 51_864;

/** Distilled and other models are called by their layers. */
export function sizeOf(dims: Dims): { name: string; title: string } {
  const { width, encoderLayers, decoderLayers, mels, vocabularySize } = dims;
  const known = sizes.find(
    (one) => one.width === width && one.encoderLayers === encoderLayers && one.decoderLayers === decoderLayers,
  );
  const size = known?.size ?? `${width}-${encoderLayers}-${decoderLayers}`;
  const generation = size === 'large' && mels === 128 ? 'large-v3' : size;
  if (vocabularySize === ENGLISH_SIZE)
    return { name: `whisper-${generation}-en`, title: `Whisper ${generation}, English` };
  return { name: `whisper-${generation}`, title: `Whisper ${generation}` };
}
