// How bytes become samples, wherever the stream was cut.

const SAMPLE_BYTES = 2;

/** Signed 16 bit, little endian, as −1…1. The receiver owns each piece; one without a whole sample is empty. */
export function createPcmReader(): (chunk: Buffer) => Float32Array {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const samples = new Float32Array(Math.floor(bytes.length / SAMPLE_BYTES));
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = bytes.readInt16LE(SAMPLE_BYTES * index) / 32_768;
    }
    rest = bytes.subarray(SAMPLE_BYTES * samples.length);
    return samples;
  };
}
