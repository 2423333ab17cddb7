// How HTTP is opened beside dictation: where the port is taken, the daemon says so and tries again until it is free.

import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { HttpAddress, OpenHttp } from '../../http/http.ts';
import type { Troubles } from './troubles.ts';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export interface HttpWanted {
  /** 0 is any that is free. */
  readonly port: number;
  /** Told where it answers. */
  opened(address: HttpAddress): void;
}

interface HttpPort {
  /** Rejects with `ERR_PORT` when the port is taken. */
  open(): Promise<OpenHttp>;
  opened(address: HttpAddress): void;
  readonly troubles: Troubles;
}

/** Rejects as `port.open` does, but not with `ERR_PORT`. Gives what closes it, open or not yet. */
export async function openHttp(port: HttpPort, ending: AbortSignal): Promise<() => Promise<void>> {
  let http = await opened(port);
  let retrying = Promise.resolve();
  if (http === undefined) retrying = retry();

  async function retry(): Promise<void> {
    for (
      let waitMs = FIRST_RETRY_MS;
      http === undefined && !ending.aborted;
      waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)
    ) {
      await sleep(waitMs, undefined, { signal: ending }).catch(() => undefined);
      if (!ending.aborted) http = await opened(port);
    }
  }

  return async () => {
    await retrying;
    await http?.close();
  };
}

/** Absent when the port is taken. */
async function opened({ open, opened: told, troubles }: HttpPort): Promise<OpenHttp | undefined> {
  try {
    const http = await open();
    troubles.end('http');
    told(http);
    return http;
  } catch (error) {
    if (!isVoiceInputError(error) || error.code !== 'ERR_PORT') throw error;
    troubles.begin('http', error);
    return undefined;
  }
}
