// How a plugin's method is called: the one place where its failures get a name and its silence an end.

import type { Deadline } from '@voiceinput/plugin-api';
import { isVoiceInputError, startDeadline, unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import { followAborts } from '../own/abort.ts';

export interface Call {
  readonly pluginId: string;
  readonly method: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** How long a call is waited for. */
export interface CallControl {
  readonly deadline: Deadline;
  /** Ends the call with this error. */
  fail(error: Error): void;
}

/**
 * Awaits `work(signal, control)`; the signal it gets is aborted with the caller's or at the deadline.
 *
 * Rejects with the caller's reason on abort, `ERR_PLUGIN_TIMEOUT` at the deadline, and `ERR_PLUGIN_FAILED` around
 * whatever else the plugin throws. Errors of VoiceInput pass as they are.
 */
export async function callPlugin<T>(
  call: Call,
  work: (signal: AbortSignal, control: CallControl) => Promise<T>,
): Promise<T> {
  call.signal.throwIfAborted();
  const { control, unfollow } = followAborts(call.signal);
  const fail = (error: Error): void => control.abort(error);
  const deadline = startDeadline(call.deadlineMs, () => fail(lateError(call)));
  try {
    return await unlessAborted(work(control.signal, { deadline, fail }), control.signal);
  } catch (error) {
    throw control.signal.aborted ? control.signal.reason : asPluginError(error, call.pluginId, call.method);
  } finally {
    deadline.stop();
    unfollow();
  }
}

/** `error` as it is when it is one of ours, else wrapped with the plugin and the method that threw it. */
export function asPluginError(error: unknown, pluginId: string, method: string): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_PLUGIN_FAILED', `${pluginId} failed in ${method}: ${message}`, { cause: error });
}

const WHEN_SLOW: Readonly<Record<string, string>> = {
  create: 'Try again when the machine is less busy.',
  prepare: 'Try again when the machine is less busy; a model is prepared only once.',
};

/** That a plugin did not answer in time. */
export function lateError({ pluginId, method, deadlineMs }: Omit<Call, 'signal'>): VoiceInputError {
  const hint = WHEN_SLOW[method];
  return new VoiceInputError('ERR_PLUGIN_TIMEOUT', `${pluginId} did not answer ${method} within ${deadlineMs} ms.`, {
    ...(hint !== undefined && { hint }),
  });
}
