// How WAV and headerless samples are read, however long they are.

import { SAMPLE_RATE_HZ, VoiceInputError } from '@voiceinput/plugin-api';
import type { ByteReader } from './byte-reader.ts';
import type { Pcm } from './pcm.ts';
import { readWavHeader, type SampleForm, type WavHeader } from './wav-header.ts';

const SAMPLE_BYTES: Readonly<Record<SampleForm, number>> = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 };
const PIECE_BYTES = 64 * 1024;

/** The samples of a WAV stream. What is there comes before `ERR_AUDIO_CORRUPT` for what is missing. */
export async function* decodeWav(reader: ByteReader, name: string): AsyncGenerator<Pcm> {
  yield* decodeBlocks(reader, await readWavHeader(reader, name), name);
}

/** The samples of a stream of 16 000 Hz signed 16-bit little-endian mono. */
export async function* decodeRaw(reader: ByteReader, name: string): AsyncGenerator<Pcm> {
  yield* decodeBlocks(reader, { rateHz: SAMPLE_RATE_HZ, channels: 1, form: 's16', dataBytes: Infinity }, name);
}

async function* decodeBlocks(reader: ByteReader, header: WavHeader, name: string): AsyncGenerator<Pcm> {
  const blockBytes = SAMPLE_BYTES[header.form] * header.channels;
  const pieceBytes = Math.max(1, Math.floor(PIECE_BYTES / blockBytes)) * blockBytes;
  let readBytes = 0;
  while (readBytes < header.dataBytes) {
    const bytes = await reader.take(Math.min(pieceBytes, header.dataBytes - readBytes));
    readBytes += bytes.length;
    const blocks = Math.floor(bytes.length / blockBytes);
    if (blocks > 0) yield { rateHz: header.rateHz, samples: mixedBlocks(bytes, blocks, header) };
    if (bytes.length < pieceBytes) break;
  }
  checkLength(readBytes, blockBytes, header, name);
}

function checkLength(readBytes: number, blockBytes: number, header: WavHeader, name: string): void {
  const seconds = (bytes: number): string => (bytes / blockBytes / header.rateHz).toFixed(2);
  if (header.dataBytes !== Infinity && readBytes < header.dataBytes) {
    const missing = `${seconds(readBytes)} s of the ${seconds(header.dataBytes)} s that its header claims`;
    throw new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ends after ${missing}.`);
  }
  if (readBytes % blockBytes !== 0) {
    const parts = `${readBytes % blockBytes} of ${blockBytes} bytes`;
    throw new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${name} ends inside a sample: ${parts} at ${seconds(readBytes)} s.`,
    );
  }
}

function mixedBlocks(bytes: Uint8Array, blocks: number, { form, channels }: WavHeader): Float32Array {
  const values = valuesOf(bytes, blocks * channels, form);
  if (channels === 1) return values instanceof Float32Array ? values : Float32Array.from(values);
  const mix = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[block * channels + channel]!;
    mix[block] = sum / channels;
  }
  return mix;
}

function valuesOf(bytes: Uint8Array, count: number, form: SampleForm): Float32Array | Float64Array {
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (form === 'f64') return Float64Array.from({ length: count }, (_, index) => source.getFloat64(index * 8, true));
  const values = new Float32Array(count);
  switch (form) {
    case 'u8':
      for (let index = 0; index < count; index++) values[index] = (bytes[index]! - 128) / 128;
      break;
    case 's16':
      for (let index = 0; index < count; index++) values[index] = source.getInt16(index * 2, true) / 0x8000;
      break;
    case 's24':
      for (let index = 0; index < count; index++) {
        values[index] = ((source.getInt8(index * 3 + 2) << 16) | source.getUint16(index * 3, true)) / 0x80_0000;
      }
      break;
    case 's32':
      for (let index = 0; index < count; index++) values[index] = source.getInt32(index * 4, true) / 0x8000_0000;
      break;
    case 'f32':
      for (let index = 0; index < count; index++) values[index] = source.getFloat32(index * 4, true);
      break;
  }
  return values;
}
