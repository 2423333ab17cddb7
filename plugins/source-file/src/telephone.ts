// What telephone systems write into WAV: G.711 in eight bits, ADPCM of IMA and of Microsoft in four.

import type { BlockCoding } from './block-coding.ts';

/** ITU-T G.711 A-law: even bits are inverted; sign, exponent, mantissa. */
export const A_LAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = ((code & 15) << 4) + 8;
  const value = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (code & 0x80 ? value : -value) / 0x8000;
});

/** ITU-T G.711 µ-law: all bits are inverted, and 33 is added before the logarithm. */
export const MU_LAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  const value = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return (code & 0x80 ? -value : value) / 0x8000;
});

const IMA_STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10_442, 11_487, 12_635, 13_899, 15_289, 16_818, 18_500, 20_350, 22_385, 24_623, 27_086,
  29_794, 32_767,
];
const IMA_INDEX = [-1, -1, -1, -1, 2, 4, 6, 8];

/** IMA ADPCM (https://wiki.multimedia.cx/index.php/Microsoft_IMA_ADPCM): a head for each channel, then words of eight samples by turns. */
export function imaAdpcm(channels: number, blockBytes: number): BlockCoding | undefined {
  const headBytes = 4 * channels;
  const wordRounds = Math.floor((blockBytes - headBytes) / headBytes);
  if (wordRounds < 1) return undefined;
  const samples = 1 + wordRounds * 8;
  return {
    blockBytes,
    blockSamples: samples,
    decode: eachBlock({ channels, blockBytes, samples }, (block, channel, into) => {
      let value = block.getInt16(channel * 4, true);
      let index = Math.min(88, block.getUint8(channel * 4 + 2));
      into[0] = value / 0x8000;
      for (let sample = 1; sample < samples; sample++) {
        const word = Math.floor((sample - 1) / 8);
        const byte = block.getUint8(headBytes + (word * channels + channel) * 4 + (((sample - 1) % 8) >> 1));
        const nibble = (sample - 1) % 2 === 0 ? byte & 15 : byte >> 4;
        const step = IMA_STEPS[index]!;
        let change = step >> 3;
        if (nibble & 4) change += step;
        if (nibble & 2) change += step >> 1;
        if (nibble & 1) change += step >> 2;
        value = clamped16(nibble & 8 ? value - change : value + change);
        index = Math.max(0, Math.min(88, index + IMA_INDEX[nibble & 7]!));
        into[sample] = value / 0x8000;
      }
    }),
  };
}

const MS_COEFFICIENTS = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;
const MS_SCALES = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];

/** Microsoft ADPCM (https://wiki.multimedia.cx/index.php/Microsoft_ADPCM): two samples in the head, then nibbles by turns. */
export function msAdpcm(channels: number, blockBytes: number): BlockCoding | undefined {
  const headBytes = 7 * channels;
  if (blockBytes < headBytes) return undefined;
  const samples = 2 + Math.floor(((blockBytes - headBytes) * 2) / channels);
  return {
    blockBytes,
    blockSamples: samples,
    decode: eachBlock({ channels, blockBytes, samples }, (block, channel, into) => {
      const [ahead, before] = MS_COEFFICIENTS[block.getUint8(channel) % MS_COEFFICIENTS.length]!;
      let delta = block.getInt16(channels + channel * 2, true);
      let last = block.getInt16(channels * 3 + channel * 2, true);
      let earlier = block.getInt16(channels * 5 + channel * 2, true);
      into[0] = earlier / 0x8000;
      into[1] = last / 0x8000;
      for (let sample = 2; sample < samples; sample++) {
        const place = (sample - 2) * channels + channel;
        const byte = block.getUint8(headBytes + (place >> 1));
        const nibble = place % 2 === 0 ? byte >> 4 : byte & 15;
        const signed = nibble & 8 ? nibble - 16 : nibble;
        const value = clamped16(((last * ahead + earlier * before) >> 8) + signed * delta);
        delta = Math.max(16, (MS_SCALES[nibble]! * delta) >> 8);
        [earlier, last] = [last, value];
        into[sample] = value / 0x8000;
      }
    }),
  };
}

type BlockReader = (block: DataView, channel: number, into: Float32Array) => void;

function eachBlock(
  { channels, blockBytes, samples }: { channels: number; blockBytes: number; samples: number },
  read: BlockReader,
): BlockCoding['decode'] {
  return (bytes, blocks) => {
    const all = Array.from({ length: channels }, () => new Float32Array(blocks * samples));
    for (let block = 0; block < blocks; block++) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + block * blockBytes, blockBytes);
      for (const [channel, into] of all.entries()) {
        read(view, channel, into.subarray(block * samples, (block + 1) * samples));
      }
    }
    return all;
  };
}

function clamped16(value: number): number {
  return Math.max(-0x8000, Math.min(0x7fff, value));
}
