// Floats as 16-bit numbers.

const words = new Uint32Array(1);
const float = new Float32Array(words.buffer);

/** The bits of the nearest half, ties to even; too large numbers become infinite. */
function halfBits(value: number): number {
  float[0] = value;
  const bits = words[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fff_ffff;
  if (size > 0x7f80_0000) return sign | 0x7e00;
  if (size >= 0x4780_0000) return sign | 0x7c00;
  if (size < 0x3880_0000) return sign | roundHalfEven(Math.abs(value) * 2 ** 24);
  // The exponent is shifted to the half's; what is cut off decides about rounding, which may carry into the exponent.
  const rounded = size - 0x3800_0000 + 0x0fff + ((size >>> 13) & 1);
  return sign | (rounded >>> 13);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Two bytes a number, little-endian. */
export function halfBytes(values: Float32Array): Uint8Array {
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++) halves[index] = halfBits(values[index]!);
  return new Uint8Array(halves.buffer);
}

/** The upper half of each float: exact for what was read from such numbers. */
export function bfloat16Bytes(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return new Uint8Array(Uint16Array.from(bits, (word) => word >>> 16).buffer);
}
