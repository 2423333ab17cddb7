// How a test listens to a microphone: in the background, until it has heard what it waits for.

import sourceMicrophone from '@voiceinput/source-microphone';
import type { MicrophoneOptions } from '@voiceinput/source-microphone';
import { samplesToMs } from '@voiceinput/plugin-api';
import type { Source, VoiceInputError } from '@voiceinput/plugin-api';
import { fakeContext, never } from '@voiceinput/testkit';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 5;

export function openMicrophone(options: MicrophoneOptions = {}, lines: string[] = []): Promise<Source> {
  return sourceMicrophone.create(options, fakeContext({ lines }), never);
}

export interface Ear {
  /** All that was heard. Throws where a frame does not begin at the end of the one before it. */
  heard(): Float32Array;
  /** Settles when so much more was heard. */
  more(ms: number): Promise<void>;
  /** Ends it, and gives what the frames failed with. */
  stop(): Promise<VoiceInputError | undefined>;
  /** Settles when the frames end by themselves. */
  readonly ended: Promise<VoiceInputError | undefined>;
}

/** Settles with the first samples. */
export async function listen(source: Source): Promise<Ear> {
  const ear = follow(source);
  await ear.more(1);
  return ear;
}

/** Listens without waiting for anything. */
export function follow(source: Source): Ear {
  const abort = new AbortController();
  const pieces: Float32Array[] = [];
  let endSample = 0;
  let over = false;
  const ended = (async () => {
    try {
      for await (const { samples, startSample } of source.frames(abort.signal)) {
        if (startSample !== endSample) throw new Error(`A frame begins at ${startSample}, not at ${endSample}.`);
        endSample += samples.length;
        pieces.push(samples);
      }
    } catch (error) {
      return error as VoiceInputError;
    } finally {
      over = true;
    }
    return undefined;
  })();
  return {
    heard: () => Float32Array.from(pieces.flatMap((piece) => [...piece])),
    async more(ms) {
      const from = endSample;
      await until(() => over || samplesToMs(endSample - from) >= ms, `${ms} ms of audio`);
      if (samplesToMs(endSample - from) < ms) throw (await ended) ?? new Error('The frames ended.');
    },
    async stop() {
      abort.abort();
      return ended;
    },
    ended,
  };
}

export async function until(holds: () => boolean, what: string): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error(`Waited ${PATIENCE_MS} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Where `sound` is in `heard`, sample by sample within `tolerance`; −1 where it is not whole. */
export function find(sound: Float32Array, heard: Float32Array, tolerance = 2 / 32_768): number {
  for (let at = 0; at + sound.length <= heard.length; at += 1) {
    let index = 0;
    while (index < sound.length && Math.abs(heard[at + index]! - sound[index]!) <= tolerance) index += 1;
    if (index === sound.length) return at;
  }
  return -1;
}
