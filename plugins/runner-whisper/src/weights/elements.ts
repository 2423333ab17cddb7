// How the numbers of weight files become floats: plain ones and ggml's blocks of 32.

/** How numbers are stored: `blockBytes` bytes hold `blockElements` numbers. */
export interface ElementFormat {
  readonly name: string;
  readonly blockElements: number;
  readonly blockBytes: number;
  /** Writes all numbers of `bytes` to `values`, which has exactly their length. */
  decode(bytes: Uint8Array, values: Float32Array): void;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function each(name: string, size: number, value: (view: DataView, offset: number) => number): ElementFormat {
  return {
    name,
    blockElements: 1,
    blockBytes: size,
    decode(bytes, values) {
      const view = viewOf(bytes);
      for (let index = 0; index < values.length; index++) values[index] = value(view, index * size);
    },
  };
}

const bits = new DataView(new ArrayBuffer(4));

function floatOfBits(word: number): number {
  bits.setUint32(0, word);
  return bits.getFloat32(0);
}

/** The value of an IEEE 754 half. */
function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let halves: Float32Array | undefined;

/** The values of all halves by their bits: converting whole models by a table takes a fifth of the time. */
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, half) => halfValue(half));
  return halves;
}

const half = (view: DataView, offset: number): number => halfTable()[view.getUint16(offset, true)]!;

export const float32: ElementFormat = each('float32', 4, (view, offset) => view.getFloat32(offset, true));
export const float16: ElementFormat = each('float16', 2, half);
/** The upper half of a float32. */
export const bfloat16: ElementFormat = each('bfloat16', 2, (view, offset) =>
  floatOfBits(view.getUint16(offset, true) << 16),
);
export const int8: ElementFormat = each('int8', 1, (view, offset) => view.getInt8(offset));

interface Block {
  readonly bytes: number;
  /** Value `index`, 0…31, of the block at `offset`. */
  reader(view: DataView, offset: number): (index: number) => number;
}

const BLOCK = 32;

/** The lower four bits of 16 bytes hold the first half of a block, the upper ones the second. */
const nibble = (view: DataView, offset: number, index: number): number =>
  index < 16 ? view.getUint8(offset + index) & 15 : view.getUint8(offset + index - 16) >> 4;

function blocks(name: string, { bytes: blockBytes, reader }: Block): ElementFormat {
  return {
    name,
    blockElements: BLOCK,
    blockBytes,
    decode(bytes, values) {
      const view = viewOf(bytes);
      for (let start = 0, offset = 0; start < values.length; start += BLOCK, offset += blockBytes) {
        const value = reader(view, offset);
        for (let index = 0; index < BLOCK; index++) values[start + index] = value(index);
      }
    },
  };
}

// The layouts are those of https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h.

export const q4_0 = blocks('q4_0', {
  bytes: 18,
  reader(view, offset) {
    const scale = half(view, offset);
    return (index) => (nibble(view, offset + 2, index) - 8) * scale;
  },
});

export const q4_1 = blocks('q4_1', {
  bytes: 20,
  reader(view, offset) {
    const [scale, least] = [half(view, offset), half(view, offset + 2)];
    return (index) => nibble(view, offset + 4, index) * scale + least;
  },
});

export const q5_0 = blocks('q5_0', {
  bytes: 22,
  reader(view, offset) {
    const [scale, high] = [half(view, offset), view.getUint32(offset + 2, true)];
    return (index) => ((nibble(view, offset + 6, index) | (((high >>> index) & 1) << 4)) - 16) * scale;
  },
});

export const q5_1 = blocks('q5_1', {
  bytes: 24,
  reader(view, offset) {
    const [scale, least, high] = [half(view, offset), half(view, offset + 2), view.getUint32(offset + 4, true)];
    return (index) => (nibble(view, offset + 8, index) | (((high >>> index) & 1) << 4)) * scale + least;
  },
});

export const q8_0 = blocks('q8_0', {
  bytes: 34,
  reader(view, offset) {
    const scale = half(view, offset);
    return (index) => view.getInt8(offset + 2 + index) * scale;
  },
});
