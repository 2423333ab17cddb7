// How a plugin's method is called: the one place where its failures get a name and its silence an end.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { followAborts, unlessAborted } from '../own/abort.ts';
import { startDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';

export interface Call {
  readonly pluginId: string;
  readonly method: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * Awaits `work(signal, deadline)`; the signal it gets is aborted with the caller's or at the deadline.
 *
 * Rejects with the caller's reason on abort, `ERR_PLUGIN_TIMEOUT` at the deadline, and `ERR_PLUGIN_FAILED` around
 * whatever else the plugin throws. Errors of VoiceInput pass as they are.
 */
export async function callPlugin<T>(
  call: Call,
  work: (signal: AbortSignal, deadline: Deadline) => Promise<T>,
): Promise<T> {
  call.signal.throwIfAborted();
  const { control, letGo } = followAborts(call.signal);
  const deadline = startDeadline(call.deadlineMs, () => control.abort(lateError(call)));
  try {
    return await unlessAborted(work(control.signal, deadline), control.signal);
  } catch (error) {
    throw control.signal.aborted ? control.signal.reason : asPluginError(error, call.pluginId, call.method);
  } finally {
    deadline.stop();
    letGo();
  }
}

/** `error` as it is when it is one of ours, else wrapped with the plugin and the method that threw it. */
export function asPluginError(error: unknown, pluginId: string, method: string): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_PLUGIN_FAILED', `${pluginId} failed in ${method}: ${message}`, { cause: error });
}

function lateError({ pluginId, method, deadlineMs }: Call): VoiceInputError {
  return new VoiceInputError('ERR_PLUGIN_TIMEOUT', `${pluginId} did not answer ${method} within ${deadlineMs} ms.`);
}
