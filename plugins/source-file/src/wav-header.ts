// What a WAV header says: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html, EBU Tech 3306 (RF64).

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { BlockCoding } from './block-coding.ts';
import type { ByteReader } from './byte-reader.ts';
import { startsWith } from './magic.ts';
import { checkShape } from './pcm.ts';
import { codingOf, isDecodedHere, titleOfCoding } from './wav-coding.ts';

export interface WavHeader {
  readonly rateHz: number;
  readonly channels: number;
  readonly coding: BlockCoding;
  /** `Infinity` when the writer did not know it: the data end where the stream does. */
  readonly dataBytes: number;
}

const EXTENSIBLE = 0xfffe;
const MAGICS = ['RIFF', 'RF64', 'BW64', 'RIFX'];
const MOST_FORMAT_BYTES = 4096;
/** Writers to a pipe put numbers from here on where a length belongs, up to each end of 31 and 32 bits. */
const UNKNOWN_BYTES = [
  [0x7fff_0000, 0x8000_0000],
  [0xffff_0000, Infinity],
] as const;

/** Whether a WAV stream begins at `at`. */
export function startsWav(bytes: Uint8Array, at = 0): boolean {
  return MAGICS.some((magic) => startsWith(bytes, at, magic)) && startsWith(bytes, at + 8, 'WAVE');
}

/** What people call the WAV stream that begins with `head` when it is not decoded here. Absent when it is, or not to be seen. */
export function foreignWav(head: Uint8Array): string | undefined {
  const little = !startsWith(head, 0, 'RIFX');
  const bytes = view(head);
  for (let at = 12; at + 8 <= head.length;) {
    const chunkBytes = bytes.getUint32(at + 4, little);
    if (startsWith(head, at, 'fmt ')) {
      if (at + 24 > head.length) return undefined;
      const tag = tagOf(view(head.subarray(at + 8)), chunkBytes, little);
      return isDecodedHere(tag) ? undefined : titleOfCoding(tag);
    }
    at += 8 + chunkBytes + (chunkBytes & 1);
  }
  return undefined;
}

/** Reads up to the first byte of the samples. Throws `ERR_AUDIO_CORRUPT`, `_FORMAT`. */
export async function readWavHeader(reader: ByteReader, name: string): Promise<WavHeader> {
  const riff = await reader.take(12);
  const bigEndian = startsWith(riff, 0, 'RIFX');
  const has64BitSizes = startsWith(riff, 0, 'RF64') || startsWith(riff, 0, 'BW64');
  let dataBytes64: number | undefined;
  let format: Omit<WavHeader, 'dataBytes'> | undefined;
  for (;;) {
    const chunk = await reader.take(8);
    if (chunk.length < 8) throw corrupt(name, 'ends before its samples');
    const chunkBytes = view(chunk).getUint32(4, !bigEndian);
    if (startsWith(chunk, 0, 'data')) {
      if (!format) throw corrupt(name, 'has no description of its format before its samples');
      const claimed = has64BitSizes && chunkBytes === 0xffff_ffff ? (dataBytes64 ?? Infinity) : chunkBytes;
      return { ...format, dataBytes: isPlaceholder(claimed) ? Infinity : claimed };
    }
    if (startsWith(chunk, 0, 'fmt ')) {
      const body = await reader.take(Math.min(chunkBytes, MOST_FORMAT_BYTES));
      format = readFormat(body, bigEndian, name);
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

/** A length in 64 bits may be a true one of any size. */
function isPlaceholder(bytes: number): boolean {
  if (bytes > 0xffff_ffff) return bytes > Number.MAX_SAFE_INTEGER;
  return UNKNOWN_BYTES.some(([from, to]) => bytes >= from && bytes <= to);
}

function readFormat(body: Uint8Array, bigEndian: boolean, name: string): Omit<WavHeader, 'dataBytes'> {
  if (body.length < 16) throw corrupt(name, `describes its format in ${body.length} bytes, expected at least 16`);
  const fields = view(body);
  const little = !bigEndian;
  const channels = fields.getUint16(2, little);
  const rateHz = fields.getUint32(4, little);
  const blockBytes = fields.getUint16(12, little);
  const bits = fields.getUint16(14, little);
  const tag = tagOf(fields, body.length, little);
  if (!isDecodedHere(tag)) {
    throw new VoiceInputError('ERR_AUDIO_FORMAT', `${name} is ${titleOfCoding(tag)}; expected PCM, float or G.711.`, {
      hint: 'Convert it to 16-bit PCM.',
    });
  }
  checkShape(name, rateHz, channels);
  const coding = codingOf({ tag, channels, blockBytes, bigEndian });
  if (!coding || bits === 0 || (coding.blockSamples === 1 && bits > (blockBytes / channels) * 8)) {
    throw corrupt(name, `claims ${bits} bits a sample in blocks of ${blockBytes} bytes for ${channels} channels`);
  }
  return { rateHz, channels, coding };
}

/** Where the format is extensible, its tag begins the name of the subformat. */
function tagOf(fields: DataView, formatBytes: number, little: boolean): number {
  const tag = fields.getUint16(0, little);
  return tag === EXTENSIBLE && formatBytes >= 26 && fields.byteLength >= 26 ? fields.getUint16(24, little) : tag;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function corrupt(name: string, what: string): VoiceInputError {
  return new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} ${what}.`);
}
