// Where a voice detector without a model hears speech: where it is told, or where it is loud.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Mark, VadStream } from '@voiceinput/plugin-api';
import { pause } from './pause.ts';

export interface VadScript {
  /** Ranges [start, end) in samples that are speech. Absent: speech is what is louder than `loudness`. */
  readonly speech?: readonly (readonly [number, number])[];
  /** Root mean square of a window, 0…1. */
  readonly loudness?: number;
  readonly windowSamples?: number;
  /** Rejects the push that completes this sample. */
  readonly failAtSample?: number;
  /** The push that completes this sample waits for the abort. */
  readonly hangAtSample?: number;
}

export default definePlugin<'vad', VadScript>({
  id: 'vad-scripted',
  kind: 'vad',
  api: 1,
  title: 'Hears speech where its script tells',
  capabilities: {},
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      speech: {
        type: 'array',
        items: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }], minItems: 2, maxItems: 2 },
      },
      loudness: { type: 'number', default: 0.02 },
      windowSamples: { type: 'integer', minimum: 1, default: 512 },
      failAtSample: { type: 'integer' },
      hangAtSample: { type: 'integer' },
    },
  },
  async create(script, _context, signal) {
    signal.throwIfAborted();
    return {
      async listen(signal) {
        signal.throwIfAborted();
        return streamOf(script);
      },
      close: async () => undefined,
    };
  },
});

function streamOf(script: VadScript): VadStream {
  const { windowSamples = 512, failAtSample = Infinity, hangAtSample = Infinity } = script;
  const window = new Float32Array(windowSamples);
  let filled = 0;
  let startSample = 0;

  return {
    async push(frame, signal) {
      signal.throwIfAborted();
      const endSample = frame.startSample + frame.samples.length;
      if (endSample > failAtSample) throw new Error(`The script fails at sample ${failAtSample}.`);
      if (endSample > hangAtSample) await pause(Infinity, signal);
      const marks: Mark[] = [];
      for (const sample of frame.samples) {
        window[filled] = sample;
        filled += 1;
        if (filled < windowSamples) continue;
        const endOfWindow = startSample + windowSamples;
        marks.push({
          startSample,
          endSample: endOfWindow,
          speechProbability: hears(script, window, startSample) ? 1 : 0,
        });
        startSample = endOfWindow;
        filled = 0;
      }
      return marks;
    },
    close: async () => undefined,
  };
}

function hears({ speech, loudness = 0.02 }: VadScript, window: Float32Array, startSample: number): boolean {
  if (!speech) return Math.sqrt(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length) > loudness;
  const middle = startSample + window.length / 2;
  return speech.some(([start, end]) => middle >= start && middle < end);
}
