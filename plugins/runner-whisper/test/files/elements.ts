// How tests store numbers, written from the definitions of the formats and not from the reader.

import { Bytes } from './bytes.ts';

/** The bits of the nearest half, for numbers that halves hold in their normal range. */
export function halfBits(value: number): number {
  if (value === 0) return 0;
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  if (exponent < -14) return sign | Math.round(Math.abs(value) * 2 ** 24);
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return sign | ((exponent + 15 + (fraction === 1024 ? 1 : 0)) << 10) | (fraction % 1024);
}

/** The value that a half of `value` has. */
export function asHalf(value: number): number {
  const bits = halfBits(value);
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

export const float32Bytes = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

export function halfBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(Uint16Array.from(values, halfBits).buffer);
}

/** The upper halves of floats. */
export function bfloat16Bytes(values: Float32Array): Uint8Array {
  const words = new Uint32Array(values.slice().buffer);
  return new Uint8Array(Uint16Array.from(words, (word) => word >>> 16).buffer);
}

/** A block of 32 numbers: its bytes, and the numbers that it stands for. */
interface Packed {
  readonly bytes: Uint8Array;
  readonly values: number[];
}

export type BlockName = 'q4_0' | 'q4_1' | 'q5_0' | 'q5_1' | 'q8_0';

/** By https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c */
const packers: Record<BlockName, (block: readonly number[]) => Packed> = {
  q4_0: (block) => centred(block, 4),
  q5_0: (block) => centred(block, 5),
  q4_1: (block) => ranged(block, 4),
  q5_1: (block) => ranged(block, 5),
  q8_0(block) {
    const scale = asHalf(Math.max(...block.map(Math.abs)) / 127);
    const numbers = block.map((value) => (scale === 0 ? 0 : Math.round(value / scale)));
    const bytes = new Bytes().uint16(halfBits(scale));
    for (const number of numbers) bytes.uint8(number & 255);
    return { bytes: bytes.take(), values: numbers.map((number) => number * scale) };
  },
};

/** The number furthest from zero becomes the lowest code; codes are centred on half of their range. */
function centred(block: readonly number[], bits: number): Packed {
  const half = 2 ** (bits - 1);
  const furthest = block.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  const scale = asHalf(furthest / -half);
  const codes = block.map((value) => clamp(Math.floor((scale === 0 ? 0 : value / scale) + half + 0.5), bits));
  const bytes = new Bytes().uint16(halfBits(scale)).raw(codeBytes(codes, bits));
  return { bytes: bytes.take(), values: codes.map((code) => (code - half) * scale) };
}

/** The least number becomes 0, the largest the highest code. */
function ranged(block: readonly number[], bits: number): Packed {
  const least = asHalf(Math.min(...block));
  const scale = asHalf((Math.max(...block) - least) / (2 ** bits - 1));
  const codes = block.map((value) => clamp(Math.floor((scale === 0 ? 0 : (value - least) / scale) + 0.5), bits));
  const bytes = new Bytes().uint16(halfBits(scale)).uint16(halfBits(least)).raw(codeBytes(codes, bits));
  return { bytes: bytes.take(), values: codes.map((code) => code * scale + least) };
}

const clamp = (code: number, bits: number): number => Math.min(2 ** bits - 1, Math.max(0, code));

/** Fifth bits in one word, then two numbers a byte: the first sixteen in the lower halves. */
function codeBytes(codes: readonly number[], bits: number): Uint8Array {
  const bytes = new Bytes();
  if (bits === 5) bytes.uint32(codes.reduce((word, code, index) => (word | ((code >> 4) << index)) >>> 0, 0));
  for (let index = 0; index < 16; index++) bytes.uint8((codes[index]! & 15) | ((codes[index + 16]! & 15) << 4));
  return bytes.take();
}

/** All blocks of `values`, and the numbers that they stand for. */
export function packed(name: BlockName, values: Float32Array): { bytes: Uint8Array; values: Float32Array } {
  const blocks = Array.from({ length: values.length / 32 }, (_, index) =>
    packers[name]([...values.subarray(index * 32, index * 32 + 32)]),
  );
  return {
    bytes: new Uint8Array(Buffer.concat(blocks.map(({ bytes }) => bytes))),
    values: Float32Array.from(blocks.flatMap((block) => block.values)),
  };
}
