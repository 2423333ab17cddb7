// How a view stays in touch with the daemon: it is started when absent, followed while the view is open.

import { useEffect, useReducer, useRef, useState } from 'react';
import { showToast, Toast } from '@raycast/api';
import type { Client, DaemonEvent, Status, View } from '@voiceinput/client';
import { emptyView, follow, viewAfter, viewOfStatus } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { CLIENT, reachDaemon } from './reach.ts';

export interface Daemon {
  /** Absent while there is no connection. */
  readonly client: Client | undefined;
  readonly view: View;
  /** Every profile that can be chosen. */
  readonly profiles: readonly string[];
  /** The daemon's answer. Rejects with its error, and with `ERR_DAEMON_MISSING` while there is no connection. */
  readonly call: Client['call'];
  /** Why there is no connection. */
  readonly trouble: Error | undefined;
  /** Tries to start the daemon once more. */
  again(): void;
}

export interface Hearing {
  /** Whether events come with dictated words. */
  readonly text?: boolean;
  /** A connection stands: the first one of this view, or a later one. */
  connected?(client: Client, status: Status): void;
  heard?(event: DaemonEvent): void;
}

export function useDaemon(hearing: Hearing = {}): Daemon {
  const [client, setClient] = useState<Client>();
  const [view, setView] = useState<View>(emptyView);
  const [profiles, setProfiles] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<Error>();
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(hearing);
  latest.current = hearing;

  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const failed = (error: unknown): void => {
      if (!signal.aborted) setTrouble(error instanceof Error ? error : new Error(String(error)));
    };
    let isLost = false;
    const following = {
      client: CLIENT,
      text: latest.current.text ?? false,
      connected(found: Client, status: Status) {
        setTrouble(undefined);
        if (isLost) void showToast({ style: Toast.Style.Success, title: 'Connected to the daemon again' });
        isLost = false;
        setClient(found);
        setProfiles(status.profiles);
        setView((before) => viewOfStatus(status, before));
        latest.current.connected?.(found, status);
      },
      lost(reason?: Error) {
        setClient(undefined);
        setView((before) => ({ ...before, connected: false, level: 0 }));
        if (reason === undefined) return;
        setTrouble(reason);
        isLost = true;
        void showToast({ style: Toast.Style.Animated, title: 'The daemon stopped', message: 'Reconnecting …' });
      },
      heard(event: DaemonEvent) {
        setView((before) => viewAfter(before, event));
        latest.current.heard?.(event);
      },
    };
    reachDaemon(signal)
      .then((found) => found.close())
      .catch(failed)
      // Somebody else may start it later.
      .then(() => follow(following, signal))
      .catch(failed);
    return () => closing.abort();
  }, [attempt]);

  const call: Client['call'] = async (method, params) => {
    if (client !== undefined) return client.call(method, params);
    throw new VoiceInputError('ERR_DAEMON_MISSING', 'The daemon is not responding right now.');
  };
  return { client, view, profiles, call, trouble, again };
}
