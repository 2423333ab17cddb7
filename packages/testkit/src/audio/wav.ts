// How test audio becomes a WAV file: RIFF, PCM 16 bit, mono, 16 000 Hz (Microsoft, "Multimedia Programming Interface 1.0").

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';

export const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** The bytes of a WAV file that holds `samples` (−1…1; louder is clipped). */
export function wavOf(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + samples.length * BYTES_PER_SAMPLE);
  bytes.set(wavHeader(samples.length));
  bytes.set(pcmOf(samples), WAV_HEADER_BYTES);
  return bytes;
}

/** What stands before the PCM of so many samples. */
export function wavHeader(samples: number): Uint8Array {
  const dataBytes = samples * BYTES_PER_SAMPLE;
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, name: string): void => bytes.set(new TextEncoder().encode(name), at);

  tag(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE_HZ, true);
  view.setUint32(28, SAMPLE_RATE_HZ * BYTES_PER_SAMPLE, true);
  view.setUint16(32, BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}

/** Samples (−1…1; louder is clipped) as signed 16 bit, little endian. */
export function pcmOf(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * BYTES_PER_SAMPLE);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(index * BYTES_PER_SAMPLE, Math.round(clipped * 32_767), true);
  });
  return bytes;
}
