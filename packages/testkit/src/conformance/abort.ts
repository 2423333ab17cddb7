// What honouring an abort means: the call rejects, soon, and with the signal's own reason.

import assert from 'node:assert/strict';
import type { PluginKind } from '@voiceinput/plugin-api';
import type { Subject } from './subject.ts';

/** Calls with a signal that is aborted already. */
export async function rejectsWhenAborted<K extends PluginKind>(
  subject: Subject<K>,
  what: string,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const reason = new Error('The conformance suite aborts.');
  let rejection: unknown;
  try {
    await subject.soon(call(AbortSignal.abort(reason)), `${what} with an aborted signal`);
  } catch (error) {
    rejection = error;
  }
  assert.equal(rejection, reason, `${what} with an aborted signal should reject with the signal's reason.`);
}
