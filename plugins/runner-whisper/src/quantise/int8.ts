// How a matrix becomes 8-bit numbers with one scale a column.

const LARGEST = 127;
/** Keeps the scale of an empty column a number. */
const LEAST = 1e-8;

export interface Int8Matrix {
  /** `[inputs, outputs]`, signed, or with 128 added. */
  readonly bytes: Uint8Array;
  /** One an output. */
  readonly scales: Float32Array;
}

interface Weight {
  readonly inputs: number;
  readonly outputs: number;
  readonly signed: boolean;
}

/** An empty matrix that `quantiseRows` fills. */
export function emptyInt8({ inputs, outputs }: Weight): Int8Matrix {
  return { bytes: new Uint8Array(inputs * outputs), scales: new Float32Array(outputs) };
}

/**
 * Rounds rows of a weight `[outputs, inputs]`, beginning with output `first`, into columns of `matrix`: the largest
 * number of a row becomes 127.
 */
export function quantiseRows(
  matrix: Int8Matrix,
  rows: { values: Float32Array; first: number },
  { inputs, outputs, signed }: Weight,
): void {
  const { values, first } = rows;
  const offset = signed ? 0 : 128;
  for (let row = 0; row < values.length / inputs; row++) {
    let largest = LEAST;
    for (let input = 0; input < inputs; input++) largest = Math.max(largest, Math.abs(values[row * inputs + input]!));
    const scale = Math.fround(largest / LARGEST);
    matrix.scales[first + row] = scale;
    for (let input = 0; input < inputs; input++) {
      const rounded = Math.max(-LARGEST, Math.min(LARGEST, roundHalfEven(values[row * inputs + input]! / scale)));
      matrix.bytes[input * outputs + first + row] = rounded + offset;
    }
  }
}

/** As numpy and ONNX Runtime round. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
