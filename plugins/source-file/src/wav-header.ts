// What a WAV header says: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html, EBU Tech 3306 (RF64).

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { ByteReader } from './byte-reader.ts';
import { startsWith } from './magic.ts';
import { checkShape } from './pcm.ts';

export type SampleForm = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64';

export interface WavHeader {
  readonly rateHz: number;
  readonly channels: number;
  readonly form: SampleForm;
  /** `Infinity` when the writer did not know it: the data end where the stream does. */
  readonly dataBytes: number;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const MOST_FORMAT_BYTES = 4096;
/** What writers to a pipe put where the length belongs: nothing, all ones (ffmpeg), and sox's and arecord's own. */
const UNKNOWN_BYTES = new Set([0, 0x7fff_f000, 0x7fff_ff00]);
const UNKNOWN_BYTES_FROM = 0xffff_ff00;

/** Reads up to the first byte of the samples. Throws `ERR_AUDIO_CORRUPT`, `_EMPTY`, `_FORMAT`. */
export async function readWavHeader(reader: ByteReader, name: string): Promise<WavHeader> {
  const riff = await reader.take(12);
  const riffBytes = view(riff).getUint32(4, true);
  const has64BitSizes = !startsWith(riff, 0, 'RIFF');
  let dataBytes64: number | undefined;
  let format: Omit<WavHeader, 'dataBytes'> | undefined;
  for (;;) {
    const chunk = await reader.take(8);
    if (chunk.length < 8) throw corrupt(name, 'ends before its samples');
    const chunkBytes = view(chunk).getUint32(4, true);
    if (startsWith(chunk, 0, 'data')) {
      if (!format) throw corrupt(name, 'has no description of its format before its samples');
      if (has64BitSizes && chunkBytes === 0xffff_ffff && dataBytes64 !== undefined) {
        return { ...format, dataBytes: dataBytes64 };
      }
      // A finished file without samples has a fitting outer length.
      const isEmpty = chunkBytes === 0 && riffBytes + 8 === reader.position;
      const isUnknown = UNKNOWN_BYTES.has(chunkBytes) || chunkBytes >= UNKNOWN_BYTES_FROM;
      return { ...format, dataBytes: isUnknown && !isEmpty ? Infinity : chunkBytes };
    }
    if (startsWith(chunk, 0, 'fmt ')) {
      const body = await reader.take(Math.min(chunkBytes, MOST_FORMAT_BYTES));
      format = readFormat(body, name);
      await reader.skip(chunkBytes - body.length + (chunkBytes & 1));
    } else if (has64BitSizes && startsWith(chunk, 0, 'ds64')) {
      const body = await reader.take(Math.min(chunkBytes, MOST_FORMAT_BYTES));
      if (body.length >= 16) dataBytes64 = Number(view(body).getBigUint64(8, true));
      await reader.skip(chunkBytes - body.length + (chunkBytes & 1));
    } else {
      await reader.skip(chunkBytes + (chunkBytes & 1));
    }
  }
}

function readFormat(body: Uint8Array, name: string): Omit<WavHeader, 'dataBytes'> {
  if (body.length < 16) throw corrupt(name, `describes its format in ${body.length} bytes, expected at least 16`);
  const fields = view(body);
  const channels = fields.getUint16(2, true);
  const rateHz = fields.getUint32(4, true);
  const blockBytes = fields.getUint16(12, true);
  const bits = fields.getUint16(14, true);
  const tag = fields.getUint16(0, true);
  const coding = tag === EXTENSIBLE && body.length >= 26 ? fields.getUint16(24, true) : tag;
  if (coding !== PCM && coding !== FLOAT) {
    const shown = `0x${coding.toString(16).padStart(4, '0')}`;
    throw new VoiceInputError('ERR_AUDIO_FORMAT', `${name} is WAV with coding ${shown}; expected PCM or float.`, {
      hint: 'Convert it to 16-bit PCM.',
    });
  }
  checkShape(name, rateHz, channels);
  const form = formOf(coding, blockBytes / channels);
  if (!form || bits === 0 || bits > (blockBytes / channels) * 8) {
    throw corrupt(name, `claims ${bits} bits a sample in blocks of ${blockBytes} bytes for ${channels} channels`);
  }
  return { rateHz, channels, form };
}

function formOf(coding: number, sampleBytes: number): SampleForm | undefined {
  if (coding === FLOAT) return ({ 4: 'f32', 8: 'f64' } as const)[sampleBytes];
  return ({ 1: 'u8', 2: 's16', 3: 's24', 4: 's32' } as const)[sampleBytes];
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function corrupt(name: string, what: string): VoiceInputError {
  return new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ${what}.`);
}
