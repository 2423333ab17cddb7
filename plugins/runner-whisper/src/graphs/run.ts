// Runs a graph that was just made, once: for calibration and for checks.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRuntime, openSession } from '@voiceinput/onnx';
import { writeGraph, type BuildGraph } from './write-graph.ts';

export interface Floats {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

/**
 * Gives all outputs by their names. The graph's constants lie in a file meanwhile: in memory a large layer would be there
 * several times. Rejects with the signal's reason when it was aborted before.
 */
export async function runOnce(
  build: BuildGraph,
  inputs: Readonly<Record<string, Floats>>,
  signal: AbortSignal,
): Promise<Record<string, Floats>> {
  signal.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-graph-'));
  try {
    return await run(await writeGraph(folder, 'once', build), inputs);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(path: string, inputs: Readonly<Record<string, Floats>>): Promise<Record<string, Floats>> {
  const { Tensor } = await loadRuntime();
  const session = await openSession(path);
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
