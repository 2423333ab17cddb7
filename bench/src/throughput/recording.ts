// What the long recording is: clips one after the other with a short gap, from the first again when they run out.

import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { once } from 'node:events';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { pcmOf, WAV_HEADER_BYTES, wavHeader } from '@voiceinput/testkit';

const SAMPLE_RATE_HZ = 16_000;
const GAP_SAMPLES = 0.4 * SAMPLE_RATE_HZ;

/** Writes a 16-bit WAV file of about `lengthS` seconds and gives its exact length in seconds. */
export async function writeRecording(
  path: string,
  { clips, lengthS }: { readonly clips: readonly EvaluationClip[]; readonly lengthS: number },
  signal: AbortSignal,
): Promise<number> {
  const stream = createWriteStream(path);
  stream.write(Buffer.alloc(WAV_HEADER_BYTES));
  let samples = 0;
  for (let index = 0; samples < lengthS * SAMPLE_RATE_HZ; index += 1) {
    const speech = await samplesOf(clips[index % clips.length]!.path, signal);
    const piece = Buffer.concat([pcmOf(speech), Buffer.alloc(GAP_SAMPLES * 2)]);
    if (!stream.write(piece)) await once(stream, 'drain');
    samples += speech.length + GAP_SAMPLES;
  }
  stream.end();
  await once(stream, 'close');
  const file = await open(path, 'r+');
  await file.write(wavHeader(samples), 0, WAV_HEADER_BYTES, 0);
  await file.close();
  return samples / SAMPLE_RATE_HZ;
}
