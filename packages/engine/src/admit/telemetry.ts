// Keeps libraries that plugins bring from reporting home: nothing about a dictation leaves the machine.

/** Environment that switches ONNX Runtime's own telemetry off; it has to be set before the first session is opened. */
export const NO_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' } as const;

/**
 * Switches telemetry off for whatever this process loads from now on. To be called on the main thread: worker threads
 * only have a copy of the environment, which native libraries do not see.
 */
export function disableTelemetry(): void {
  Object.assign(process.env, NO_TELEMETRY);
}
