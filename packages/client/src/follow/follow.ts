// How a client stays connected: it hears every event once and in order, over every loss of the connection and of the daemon.

import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Client, ConnectOptions } from '../client.ts';
import type { Status } from '../protocol/entities.ts';
import type { DaemonEvent } from '../protocol/methods.ts';
import { findDaemon } from './start.ts';

const RETRY_MS = 500;

export interface Following extends ConnectOptions {
  /** Whether events come with dictated words. */
  readonly text?: boolean;
  /** A connection stands. `status` is older than the events that follow. `anew`: this daemon was not followed before. */
  connected(client: Client, status: Status, anew: boolean): void;
  /** The connection has gone, or there was none at the beginning; it is looked for until `signal`. */
  lost(reason?: VoiceInputError): void;
  /** Every event, in order, without gaps as far as the daemon kept them. */
  heard(event: DaemonEvent): void;
}

/** Settles when `signal` is aborted. Rejects with `ERR_DAEMON_REFUSED` when the daemon does not let this program in. */
export async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { text = false, connected, lost, heard } = following;
  let daemon: string | undefined;
  let after: number | undefined;
  let toldLost = false;
  while (!signal.aborted) {
    const found = await findDaemon(following, signal).catch(unlessSilent).catch(unlessAborted(signal));
    const client = isVoiceInputError(found) ? undefined : found;
    if (signal.aborted) return client?.close();
    if (client === undefined) {
      if (!toldLost) lost(isVoiceInputError(found) ? found : undefined);
      toldLost = true;
      await sleep(RETRY_MS, undefined, { signal }).catch(unlessAborted(signal));
      continue;
    }
    toldLost = true;
    const stop = (): void => client.close();
    signal.addEventListener('abort', stop, { once: true });
    let stood = false;
    try {
      const status = await client.call('status', {});
      const name = `${status.pid} ${status.startedAt}`;
      const anew = name !== daemon;
      daemon = name;
      // Another daemon counts anew. What happened since the status was taken comes as events.
      if (anew || after === undefined) after = status.seq;
      connected(client, status, anew);
      client.onEvent((event) => {
        after = event.seq;
        heard(event);
      });
      await client.call('watch', { text, after });
      stood = true;
    } catch (error) {
      client.close(asReason(error));
    }
    const reason = await client.ended;
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) lost(reason);
    // A daemon that does not understand us will not the next moment either.
    if (!stood) await sleep(RETRY_MS, undefined, { signal }).catch(unlessAborted(signal));
  }
}

function asReason(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_INTERNAL', `Following the daemon failed: ${message}`, { cause: error });
}

/** One that hangs may come to itself, or be restarted. */
function unlessSilent(error: unknown): VoiceInputError {
  if (isVoiceInputError(error) && error.code === 'ERR_DAEMON_TIMEOUT') return error;
  throw error;
}

function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (!signal.aborted) throw error;
    return undefined;
  };
}
