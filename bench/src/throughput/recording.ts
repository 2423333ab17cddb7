// Decides what the long recording is: clips one after the other with a short gap, from the first again when they run out.

import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { once } from 'node:events';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { samplesOf } from '../evaluation/samples.ts';

const SAMPLE_RATE_HZ = 16_000;
const GAP_SAMPLES = 0.4 * SAMPLE_RATE_HZ;
const HEADER_BYTES = 44;

/** Writes a 16-bit WAV file of about `lengthS` seconds and gives its exact length in seconds. */
export async function writeRecording(
  path: string,
  { clips, lengthS }: { readonly clips: readonly EvaluationClip[]; readonly lengthS: number },
  signal: AbortSignal,
): Promise<number> {
  const stream = createWriteStream(path);
  stream.write(Buffer.alloc(HEADER_BYTES));
  let samples = 0;
  for (let index = 0; samples < lengthS * SAMPLE_RATE_HZ; index += 1) {
    const speech = await samplesOf(clips[index % clips.length]!.path, signal);
    const piece = Buffer.alloc((speech.length + GAP_SAMPLES) * 2);
    for (const [at, value] of speech.entries())
      piece.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), at * 2);
    if (!stream.write(piece)) await once(stream, 'drain');
    samples += speech.length + GAP_SAMPLES;
  }
  stream.end();
  await once(stream, 'close');
  await writeHeader(path, samples);
  return samples / SAMPLE_RATE_HZ;
}

/** http://soundfile.sapp.org/doc/WaveFormat: PCM, one channel, 16 bits. */
async function writeHeader(path: string, samples: number): Promise<void> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + samples * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples * 2, 40);
  const file = await open(path, 'r+');
  await file.write(header, 0, HEADER_BYTES, 0);
  await file.close();
}
