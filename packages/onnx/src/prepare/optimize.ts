// ONNX Runtime's own rewriting is done once and kept, which halves the time to load.

import { loadRuntime } from '../runtime.ts';

/**
 * Writes the model to `path` as ONNX Runtime runs it. What it writes is for this version of it on any processor of
 * this kind: “extended” leaves out the layouts that only suit one
 * (https://onnxruntime.ai/docs/performance/model-optimizations/graph-optimizations.html).
 */
export async function writeOptimized(model: Uint8Array, path: string): Promise<void> {
  const { InferenceSession } = await loadRuntime();
  const session = await InferenceSession.create(model, {
    graphOptimizationLevel: 'extended',
    optimizedModelFilePath: path,
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  await session.release();
}

/** The version of ONNX Runtime that is in use, such as `1.30.0`. */
export async function runtimeVersion(): Promise<string> {
  const { env } = await loadRuntime();
  return env.versions.node ?? env.versions.common;
}
