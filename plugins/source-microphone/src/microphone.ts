// How a microphone becomes a source: frames from sample 0, a word about silence, one opening for all or for each.

import type { Frame, PluginContext, Source } from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import { listDevices, recordersFor } from './choose.ts';
import type { MicrophoneOptions } from './options.ts';
import { hear } from './listening.ts';
import { keepOpen } from './pre-roll.ts';
import type { Recorder } from './recorders/recorder.ts';

/** A room is never so perfectly quiet for so long. */
const MUTED_SAMPLES = msToSamples(2_000);

/** Opens nothing yet: `frames` does, and `devices` only asks. */
export function openMicrophone(options: MicrophoneOptions, { log, warn }: Pick<PluginContext, 'log' | 'warn'>): Source {
  const { preRollMs = 0 } = options;
  const closing = new AbortController();
  let [inUse] = recordersFor(options);
  const using = (recorder: Recorder): void => void (inUse = recorder);
  const listen = (signal: AbortSignal): AsyncGenerator<Float32Array> => hear(options, { log, warn, using }, signal);
  const preRoll = preRollMs > 0 ? keepOpen(listen, preRollMs) : undefined;
  return {
    realtime: true,
    get latencyMs() {
      return inUse.latencyMs;
    },
    devices: (signal) => listDevices(options, signal),
    frames(signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      return framesOf(preRoll === undefined ? listen(either) : preRoll.listen(either), log);
    },
    async close() {
      closing.abort();
      await preRoll?.close();
    },
  };
}

async function* framesOf(pieces: AsyncIterable<Float32Array>, log: (message: string) => void): AsyncGenerator<Frame> {
  let startSample = 0;
  let silent = true;
  for await (const samples of pieces) {
    const endSample = startSample + samples.length;
    if (silent) {
      silent = samples.every((sample) => sample === 0);
      if (silent && endSample >= MUTED_SAMPLES) {
        log('The microphone delivers nothing but silence; it may be muted.');
        silent = false;
      }
    }
    yield { samples, startSample };
    startSample = endSample;
  }
}
