// How HTTP is opened beside dictation: where the port is taken, the daemon says so and tries again until it is free.

import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAddress, OpenHttp } from '../../http/http.ts';
import { failed } from './trouble.ts';
import type { Troubles } from './troubles.ts';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export interface HttpWanted {
  /** 0 is any that is free. */
  readonly port: number;
  /** Told where it answers. */
  opened(address: HttpAddress, socket: string | undefined): void;
}

interface HttpPort extends HttpWanted {
  readonly http: OpenHttp;
  readonly troubles: Troubles;
}

/** Never rejects: dictation needs no HTTP. Gives what closes it, with or without its port. */
export async function openHttp(wanted: HttpPort): Promise<() => Promise<void>> {
  const closing = new AbortController();
  const { signal } = closing;
  const retrying = (await hasOpened(wanted)) ? Promise.resolve() : retry();

  async function retry(): Promise<void> {
    for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      // It rejects on abort only, and then the loop ends.
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted && (await hasOpened(wanted))) return;
    }
  }

  return async () => {
    closing.abort();
    await retrying;
    await wanted.http.close();
  };
}

async function hasOpened({ http, port, opened, troubles }: HttpPort): Promise<boolean> {
  try {
    const address = await http.openPort(port);
    troubles.end('http');
    opened(address, http.socket);
    return true;
  } catch (error) {
    troubles.begin('http', failed('HTTP cannot be opened', error));
    return false;
  }
}
