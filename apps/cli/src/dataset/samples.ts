// The samples of a file, however it is coded.

import { createPart } from '@voiceinput/engine';
import type { Models } from '@voiceinput/models';
import sourceFile from '@voiceinput/source-file';
import { openModels } from '../commands/work.ts';
import type { Reporter } from '../show/reporter.ts';

/** Reads audio files. */
export interface SampleReader {
  /**
   * Mono samples of 16 000 Hz; of a longer file `undefined`, after `mostSamples`. Rejects with `ERR_FILE_…` and
   * `ERR_AUDIO_…`.
   */
  whole(file: AudioFile, mostSamples: number, signal: AbortSignal): Promise<Float32Array | undefined>;
  /** The same piece by piece, of any length. */
  pieces(file: AudioFile, signal: AbortSignal): AsyncGenerator<Float32Array>;
}

export interface AudioFile {
  readonly path: string;
  /** Headerless: 16 000 Hz, mono, signed 16 bit. */
  readonly raw?: boolean;
}

/** A reader that takes what the file source of `transcribe` takes. */
export function openSampleReader(reporter: Reporter): SampleReader {
  const models = openModels(reporter, []);
  return {
    pieces: (file, signal) => piecesOf(file, models, signal),
    async whole(file, mostSamples, signal) {
      const pieces: Float32Array[] = [];
      let length = 0;
      for await (const piece of piecesOf(file, models, signal)) {
        pieces.push(piece);
        length += piece.length;
        if (length > mostSamples) return undefined;
      }
      return joined(pieces, length);
    },
  };
}

async function* piecesOf(
  { path, raw = false }: AudioFile,
  models: Models,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const descriptor = { plugin: sourceFile, url: import.meta.resolve('@voiceinput/source-file') };
  const options = { path, raw, realtime: false };
  const source = await createPart({ descriptor, options, models, log: () => undefined, warn: () => undefined }, signal);
  try {
    for await (const { samples } of source.frames(signal)) yield samples;
    signal.throwIfAborted();
  } finally {
    await source.close();
  }
}

function joined(pieces: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(length);
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
