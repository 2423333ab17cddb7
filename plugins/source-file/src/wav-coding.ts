// Which codings of WAV are decoded here, and what the others are called.

import type { BlockCoding } from './block-coding.ts';
import { A_LAW, MU_LAW, imaAdpcm, msAdpcm } from './telephone.ts';

export interface CodingShape {
  /** The format tag, that of the subformat where it is extensible. */
  readonly tag: number;
  readonly channels: number;
  readonly blockBytes: number;
  readonly bigEndian: boolean;
}

const PCM = 1;
const MS_ADPCM = 2;
const FLOAT = 3;
const A_LAW_TAG = 6;
const MU_LAW_TAG = 7;
const IMA_ADPCM = 0x11;

const DECODED = new Set([PCM, MS_ADPCM, FLOAT, A_LAW_TAG, MU_LAW_TAG, IMA_ADPCM]);
/** https://www.iana.org/assignments/wave-avi-codec-registry */
const TITLES: Readonly<Record<number, string>> = {
  0x22: 'TrueSpeech',
  0x31: 'GSM 6.10',
  0x32: 'GSM 6.10',
  0x40: 'G.721',
  0x42: 'G.723.1',
  0x45: 'G.726',
  0x50: 'MPEG layer 2',
  0x55: 'MP3',
  0x64: 'G.726',
  0x65: 'G.722',
  0x83: 'G.729',
  0x92: 'AC-3',
  0xff: 'AAC',
  0x160: 'Windows Media Audio',
  0x161: 'Windows Media Audio',
  0x162: 'Windows Media Audio',
  0x28f: 'G.722',
  0x2000: 'AC-3',
  0x2001: 'DTS',
  0x674f: 'Vorbis',
  0x704f: 'Opus',
  0xa109: 'Speex',
};

/** Whether samples of that format tag are decoded here. */
export function isDecodedHere(tag: number): boolean {
  return DECODED.has(tag);
}

/** What people call WAV with that format tag. */
export function titleOfCoding(tag: number): string {
  return `WAV with ${TITLES[tag] ?? `coding 0x${tag.toString(16).padStart(4, '0')}`}`;
}

/** How samples of `shape` are read; absent when its blocks can hold none. */
export function codingOf({ tag, channels, blockBytes, bigEndian }: CodingShape): BlockCoding | undefined {
  if (tag === IMA_ADPCM) return imaAdpcm(channels, blockBytes);
  if (tag === MS_ADPCM) return msAdpcm(channels, blockBytes);
  const sampleBytes = blockBytes / channels;
  const read = readerOf(tag, sampleBytes, !bigEndian);
  if (!read) return undefined;
  return {
    blockBytes,
    blockSamples: 1,
    decode: (bytes, blocks) =>
      Array.from({ length: channels }, (_, channel) => {
        const samples = new Float32Array(blocks);
        for (let at = channel * sampleBytes, block = 0; block < blocks; at += blockBytes, block++) {
          samples[block] = read(bytes, at);
        }
        return samples;
      }),
  };
}

type SampleReader = (bytes: DataView, at: number) => number;

function readerOf(tag: number, sampleBytes: number, little: boolean): SampleReader | undefined {
  if (tag === A_LAW_TAG && sampleBytes === 1) return (bytes, at) => A_LAW[bytes.getUint8(at)]!;
  if (tag === MU_LAW_TAG && sampleBytes === 1) return (bytes, at) => MU_LAW[bytes.getUint8(at)]!;
  if (tag === FLOAT && sampleBytes === 4) return (bytes, at) => bytes.getFloat32(at, little);
  if (tag === FLOAT && sampleBytes === 8) return (bytes, at) => bytes.getFloat64(at, little);
  if (tag !== PCM) return undefined;
  switch (sampleBytes) {
    case 1:
      return (bytes, at) => (bytes.getUint8(at) - 128) / 128;
    case 2:
      return (bytes, at) => bytes.getInt16(at, little) / 0x8000;
    case 3:
      return little
        ? (bytes, at) => ((bytes.getInt8(at + 2) << 16) | bytes.getUint16(at, true)) / 0x80_0000
        : (bytes, at) => ((bytes.getInt8(at) << 16) | bytes.getUint16(at + 1)) / 0x80_0000;
    case 4:
      return (bytes, at) => bytes.getInt32(at, little) / 0x8000_0000;
    default:
      return undefined;
  }
}
