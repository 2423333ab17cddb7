// A tensor as it lies in a file.

import { unusable, type BinaryFile } from './binary-file.ts';
import type { ElementFormat } from './elements.ts';
import { allRows, productOf, type WeightTensor } from './weights.ts';

export interface Stored {
  readonly file: BinaryFile;
  readonly format: ElementFormat;
  readonly name: string;
  readonly shape: readonly number[];
  /** Where its first byte is in the file. */
  readonly offset: number;
}

/** Whole blocks only. */
export const bytesOfStored = ({ shape, format }: Pick<Stored, 'shape' | 'format'>): number =>
  (productOf(shape) / format.blockElements) * format.blockBytes;

/** Throws when the file ends before the tensor does, or when its rows do not hold whole blocks. */
export function storedTensor(stored: Stored): WeightTensor {
  const { file, format, name, shape, offset } = stored;
  const rowElements = productOf(shape.slice(1));
  if (rowElements % format.blockElements !== 0) {
    throw unusable(
      file.path,
      `the rows of ${name} have ${rowElements} numbers, but ${format.name} comes in blocks of ${format.blockElements}`,
    );
  }
  if (offset + bytesOfStored(stored) > file.sizeBytes) {
    throw unusable(
      file.path,
      `it has ${file.sizeBytes} bytes and ends inside ${name}, which needs ${offset + bytesOfStored(stored)}`,
      {
        hint: 'The file is cut off: copy or download it again.',
      },
    );
  }
  const rowBytes = (rowElements / format.blockElements) * format.blockBytes;
  const tensor: WeightTensor = {
    name,
    shape,
    storedAs: format.name,
    async read(rows, signal) {
      const { from, count } = rows ?? allRows(tensor);
      const place = { offset: offset + from * rowBytes, length: count * rowBytes, what: name };
      const values = new Float32Array(count * rowElements);
      format.decode(await file.read(place, signal), values);
      return values;
    },
  };
  return tensor;
}
