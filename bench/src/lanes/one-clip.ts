// What takes the place of microphone and voice detector where one lane alone is measured: samples in hand, all speech.

import type { Descriptor } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';

const WINDOW_SAMPLES = 512;

/** What the source gives; set before each dictation. */
export const inHand: { samples: Float32Array } = { samples: new Float32Array(0) };

const source = definePlugin<'source'>({
  id: 'source-in-hand',
  kind: 'source',
  api: 1,
  title: 'Samples in hand',
  capabilities: {},
  create: async () => ({
    realtime: false,
    async *frames() {
      yield { samples: inHand.samples, startSample: 0 };
    },
    close: async () => undefined,
  }),
});

const vad = definePlugin<'vad'>({
  id: 'vad-all-speech',
  kind: 'vad',
  api: 1,
  title: 'All is speech',
  capabilities: {},
  create: async () => ({
    listen: async () => ({
      push: async ({ samples }) =>
        Array.from({ length: Math.floor(samples.length / WINDOW_SAMPLES) }, (_, index) => ({
          startSample: index * WINDOW_SAMPLES,
          endSample: (index + 1) * WINDOW_SAMPLES,
          speechProbability: 1,
        })),
      close: async () => undefined,
    }),
    close: async () => undefined,
  }),
});

export const oneClipParts: readonly Descriptor[] = [
  { plugin: source, url: import.meta.url },
  { plugin: vad, url: import.meta.url },
];
export const oneClipSource = { use: source.id, options: {} };
export const oneClipVad = { use: vad.id, options: {} };
