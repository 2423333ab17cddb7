// How the bench writes audio of its own: 16-bit WAV, 16 000 Hz, one channel.

import { writeFile } from 'node:fs/promises';
import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';

export const HEADER_BYTES = 44;

export async function writeWav(path: string, samples: Float32Array): Promise<void> {
  await writeFile(path, Buffer.concat([wavHeader(samples.length), pcmOf(samples)]));
}

/** http://soundfile.sapp.org/doc/WaveFormat: PCM, one channel, 16 bits. */
export function wavHeader(samples: number): Buffer {
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
  return header;
}

export function pcmOf(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [at, value] of samples.entries())
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), at * 2);
  return bytes;
}
