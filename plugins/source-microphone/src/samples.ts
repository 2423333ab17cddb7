// Decides how bytes become samples, wherever the stream was cut.

import type { Readable } from 'node:stream';

/** Signed 16 bit, little endian, as −1…1. The receiver owns each piece. */
export async function* samplesOf(bytes: Readable): AsyncGenerator<Float32Array> {
  let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const count = Math.floor(all.length / 2);
    rest = all.subarray(2 * count);
    if (count === 0) continue;
    const samples = new Float32Array(count);
    for (let index = 0; index < count; index += 1) samples[index] = all.readInt16LE(2 * index) / 32_768;
    yield samples;
  }
}
