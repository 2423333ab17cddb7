// Runs a graph that was just made, once: for calibration and for checks.

import { loadRuntime, openSession } from '@voiceinput/onnx';
import { writeModel } from '@voiceinput/onnx/graph';
import type { GraphWriter } from './graph-writer.ts';

export interface Floats {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

/** Gives all outputs by their names. Rejects with the signal's reason when it was aborted before. */
export async function runOnce(
  writer: GraphWriter,
  inputs: Readonly<Record<string, Floats>>,
  signal: AbortSignal,
): Promise<Record<string, Floats>> {
  signal.throwIfAborted();
  const { Tensor } = await loadRuntime();
  const session = await openSession(writeModel(writer.finish()));
  try {
    const feeds = Object.entries(inputs).map(
      ([name, { values, dims }]) => [name, new Tensor('float32', values, [...dims])] as const,
    );
    const results = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, { data, dims }]) => {
        if (!(data instanceof Float32Array)) throw new TypeError(`the output ${name} has no floats`);
        return [name, { values: data, dims }];
      }),
    );
  } finally {
    await session.release();
  }
}

/** ‖a − b‖ ÷ ‖b‖. Infinite when the lengths differ. */
export function relativeError(a: Floats, b: Floats): number {
  if (a.values.length !== b.values.length) return Infinity;
  let [apart, size] = [0, 0];
  for (let index = 0; index < a.values.length; index++) {
    apart += (a.values[index]! - b.values[index]!) ** 2;
    size += b.values[index]! ** 2;
  }
  return Math.sqrt(apart / size);
}
