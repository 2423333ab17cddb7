// How tests hear a source through its public door.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isVoiceInputError, type Frame, type PluginContext, type VoiceInputError } from '@voiceinput/plugin-api';
import sourceFile, { type FileSourceOptions } from '@voiceinput/source-file';
import { never } from '@voiceinput/testkit';

export const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));

export interface Heard {
  readonly samples: Float32Array;
  readonly frames: readonly Frame[];
  readonly error?: VoiceInputError;
}

const context: PluginContext = {
  pluginId: 'source-file',
  models: { locate: () => Promise.reject(new Error('no models here')) },
  prepare: (work) => work(),
  log: () => undefined,
  warn: () => undefined,
};

/** Everything that the source gives until its end or its error. Frames with gaps are a failure of the test. */
export async function listen(
  options: FileSourceOptions,
  signal: AbortSignal = never,
  onFrame: (frame: Frame) => void = () => undefined,
  onLog: (message: string) => void = () => undefined,
): Promise<Heard> {
  const source = await sourceFile.create(options, { ...context, log: onLog }, signal);
  const frames: Frame[] = [];
  let next = 0;
  try {
    for await (const frame of source.frames(signal)) {
      if (frame.startSample !== next) throw new Error(`frame at ${frame.startSample}, expected ${next}`);
      next += frame.samples.length;
      frames.push(frame);
      onFrame(frame);
    }
    return { frames, samples: joined(frames, next) };
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    return { frames, samples: joined(frames, next), error };
  } finally {
    await source.close();
  }
}

/** The same for bytes that a file of the given name holds for the time of the call. */
export async function listenTo(bytes: Uint8Array, options: Partial<FileSourceOptions> = {}): Promise<Heard> {
  const folder = mkdtempSync(join(tmpdir(), 'source-file-test-'));
  try {
    const path = join(folder, 'audio.wav');
    writeFileSync(path, bytes);
    return await listen({ path, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** −1 … 1: how alike two recordings are when both begin at the same instant. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let both = 0;
  let aa = 0;
  let bb = 0;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    both += a[index]! * b[index]!;
    aa += a[index]! ** 2;
    bb += b[index]! ** 2;
  }
  return both / Math.sqrt(aa * bb);
}

function joined(frames: readonly Frame[], length: number): Float32Array {
  const samples = new Float32Array(length);
  for (const frame of frames) samples.set(frame.samples, frame.startSample);
  return samples;
}
