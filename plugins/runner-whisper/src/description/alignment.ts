// Which attention heads follow the speech, for the models that OpenAI published.

import type { Dims, Head } from './description.ts';

/** From https://github.com/openai/whisper/blob/main/whisper/__init__.py, by decoder layers, heads and vocabulary. */
const published: readonly { layers: number; heads: number; sizes: readonly number[]; alignment: string }[] = [
  { layers: 4, heads: 6, sizes: [51_864], alignment: '1.0 2.0 2.5 3.0 3.1 3.2 3.3 3.4' },
  { layers: 4, heads: 6, sizes: [51_865], alignment: '2.2 3.0 3.2 3.3 3.4 3.5' },
  { layers: 6, heads: 8, sizes: [51_864], alignment: '3.3 4.7 5.1 5.5 5.7' },
  { layers: 6, heads: 8, sizes: [51_865], alignment: '3.1 4.2 4.3 4.7 5.1 5.2 5.4 5.6' },
  {
    layers: 12,
    heads: 12,
    sizes: [51_864],
    alignment: '6.6 7.0 7.3 7.8 8.2 8.5 8.7 9.0 9.4 9.8 9.10 10.0 10.1 10.2 10.3 10.6 10.11 11.2 11.4',
  },
  { layers: 12, heads: 12, sizes: [51_865], alignment: '5.3 5.9 8.0 8.4 8.7 8.8 9.0 9.7 9.9 10.5' },
  {
    layers: 24,
    heads: 16,
    sizes: [51_864],
    alignment: '11.4 14.1 14.12 14.14 15.4 16.0 16.4 16.9 17.12 17.14 18.7 18.10 18.15 20.0 20.3 20.9 20.14 21.12',
  },
  { layers: 24, heads: 16, sizes: [51_865], alignment: '13.15 15.4 15.15 16.1 20.0 23.4' },
  {
    // large-v2; large-v1 has the same dimensions.
    layers: 32,
    heads: 20,
    sizes: [51_865],
    alignment:
      '10.12 13.17 16.11 16.12 16.13 17.15 17.16 18.4 18.11 18.19 19.11 21.2 21.3 22.3 22.9 22.12 23.5 23.7 23.13 25.5 26.1 26.12 27.15',
  },
  {
    layers: 32,
    heads: 20,
    sizes: [51_866],
    alignment: '7.0 10.17 12.18 13.12 16.1 17.14 19.11 21.4 24.1 25.6',
  },
  // large-v3-turbo
  { layers: 4, heads: 20, sizes: [51_866], alignment: '2.4 2.11 3.3 3.6 3.11 3.14' },
];

/** For other models all heads of the last quarter of the layers: those look at the audio most. */
export function alignmentHeadsOf({ decoderLayers, heads, vocabularySize }: Dims): Head[] {
  const known = published.find(
    (model) => model.layers === decoderLayers && model.heads === heads && model.sizes.includes(vocabularySize),
  );
  if (known) {
    return known.alignment.split(' ').map((place): Head => {
      const [layer = 0, head = 0] = place.split('.').map(Number);
      return [layer, head];
    });
  }
  const first = Math.floor(decoderLayers * 0.75);
  return Array.from({ length: (decoderLayers - first) * heads }, (_, index): Head => [
    first + Math.floor(index / heads),
    index % heads,
  ]);
}

/** Ordered by layer, as the graphs have them. Throws nothing: heads that the model lacks are left out. */
export const ordered = (alignmentHeads: readonly Head[], { decoderLayers, heads }: Dims): Head[] =>
  alignmentHeads
    .filter(([layer, head]) => layer < decoderLayers && head < heads)
    .toSorted(([a, b], [c, d]) => a - c || b - d);
