// How ONNX Runtime is loaded, and how its failures are told.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type * as Runtime from 'onnxruntime-node';

let loading: Promise<typeof Runtime> | undefined;

/**
 * ONNX Runtime, loaded at the first call with its telemetry off: from version 1.30 on it reports a lasting device id,
 * model names and run counts to its makers unless `ORT_DISABLE_TELEMETRY` is set before the first session. Worker
 * threads have a copy of the environment that the library does not see: there the main thread has to set it.
 *
 * Rejects with `ERR_RUNTIME` when its binary does not load here.
 */
export function loadRuntime(): Promise<typeof Runtime> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  loading ??= import('onnxruntime-node').then(
    // A CommonJS package: what it exports is its default.
    (module) => ('default' in module ? (module.default as typeof Runtime) : module),
    (cause: unknown) => {
      loading = undefined;
      throw new VoiceInputError(
        'ERR_RUNTIME',
        `ONNX Runtime has no binary that loads on ${process.platform} ${process.arch} with Node ${process.version}: ${messageOf(cause)}`,
        { cause },
      );
    },
  );
  return loading;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
