// What the tests hear: a sentence that the project had spoken by a synthesizer.

import { readFile } from 'node:fs/promises';

/** The sentence at 16 000 Hz. */
export async function spokenSentence(): Promise<Float32Array> {
  const file = await readFile(new URL('../../../fixtures/formats/s16.wav', import.meta.url));
  const data = file.indexOf('data') + 8;
  return Float32Array.from(
    { length: (file.length - data) >> 1 },
    (_, index) => file.readInt16LE(data + index * 2) / 32_768,
  );
}
