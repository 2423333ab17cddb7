// How the bench itself hears a file, for those that take samples.

import source from '@voiceinput/source-file';
import { openModelStore } from '@voiceinput/models';

/** All of a file as 16 000 Hz mono. The caller owns the buffer. */
export async function samplesOf(path: string, signal: AbortSignal): Promise<Float32Array> {
  const context = {
    pluginId: source.id,
    models: openModelStore(),
    prepare: <T>(work: () => Promise<T>) => work(),
    log: () => undefined,
    warn: () => undefined,
  };
  const part = await source.create({ path }, context, signal);
  const pieces: Float32Array[] = [];
  try {
    for await (const { samples } of part.frames(signal)) pieces.push(samples);
  } finally {
    await part.close();
  }
  return joined(pieces);
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.length;
  }
  return whole;
}
