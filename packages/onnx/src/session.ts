// The options with which every model runs.

import { availableParallelism } from 'node:os';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { InferenceSession } from 'onnxruntime-node';
import { releaseAll } from './release.ts';
import { loadRuntime, messageOf } from './runtime.ts';

export interface SessionOptions {
  /** Threads of one operator. Default: the machine's cores. */
  readonly threads?: number;
  /**
   * Whether freed memory is kept for the next run. Default: false. Keeping it makes runs a little faster and holds on
   * to the most that any clip ever needed.
   */
  readonly keepMemory?: boolean;
}

/**
 * Loads a model from a file or from bytes. The caller owns the session and releases it.
 * Rejects with `ERR_RUNTIME` when ONNX Runtime does not load, with `ERR_MODEL_FILES` when the model does not.
 */
export async function openSession(
  model: string | Uint8Array,
  { threads = availableParallelism(), keepMemory = false }: SessionOptions = {},
): Promise<InferenceSession> {
  const { InferenceSession } = await loadRuntime();
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: keepMemory,
    enableMemPattern: keepMemory,
    logSeverityLevel: 3,
    // Waiting threads that spin take a core from the other lane.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  };
  try {
    return typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  } catch (cause) {
    const name = typeof model === 'string' ? model : `a model of ${model.byteLength} bytes`;
    throw new VoiceInputError('ERR_MODEL_FILES', `ONNX Runtime cannot load ${name}: ${messageOf(cause)}`, { cause });
  }
}

/** Loads several models, or none. The caller owns the sessions and releases them. Rejects as `openSession` does. */
export async function openSessions(
  models: readonly (string | Uint8Array)[],
  options: SessionOptions = {},
): Promise<InferenceSession[]> {
  const attempts = await Promise.allSettled(models.map((model) => openSession(model, options)));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  if (!failed) return opened;
  await releaseAll(opened.map((session) => () => session.release()));
  throw failed.reason;
}
