// What every reader of weights gives, whatever the form of the files.

export type WeightFormat = 'safetensors' | 'ggml' | 'ctranslate2';

/** A range of the first axis. */
export interface Rows {
  readonly from: number;
  readonly count: number;
}

export interface WeightTensor {
  /** As Hugging Face names it, without the prefix `model.`: `encoder.layers.0.fc1.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** How its numbers are stored: `float16`, `q5_0` … */
  readonly storedAs: string;
  /** The values of some rows, or of all of them, row by row. The caller owns them. Rejects with `ERR_MODEL_FORMAT` or the signal's reason. */
  read(rows: Rows | undefined, signal: AbortSignal): Promise<Float32Array>;
}

/** The open files of a model. The caller closes them. */
export interface Weights {
  readonly format: WeightFormat;
  /** The file or folder, for messages. */
  readonly path: string;
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** Only in ggml files: the bytes of every text token, in the order of their ids. */
  readonly vocabulary?: readonly Uint8Array[];
  close(): Promise<void>;
}

/** Every row of a tensor. */
export const allRows = ({ shape }: WeightTensor): Rows => ({ from: 0, count: shape[0] ?? 1 });

/** How many numbers a shape holds; 1 without axes. */
export const productOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
