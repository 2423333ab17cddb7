// Who hears of which event: numbered once for all, kept for a while for those who come back, never piled up for those who do not read.

import type { DaemonEvent, Connection } from '@voiceinput/client';

/** A client that was away for fewer events gets all of them. */
const KEPT_EVENTS = 5_000;

export interface Broadcast {
  readonly seq: number;
  /** Tells everybody who watches. `text` reaches only those who asked for dictated words. */
  emit(body: Readonly<Record<string, unknown>> & { readonly type: string }): void;
  /** Pushes every later event to `connection`, and those after number `after` at once. */
  watch(connection: Connection, request: { readonly text: boolean; readonly after?: number | undefined }): void;
  /** Keeps no dictated words of a session any more. */
  forget(sessionId: string): void;
  /** Calls `listener` for every later event, with text. */
  listen(listener: (event: DaemonEvent) => void): void;
}

/** Numbers events and passes them on to clients and to parts of the daemon. */
export function createBroadcast(): Broadcast {
  const kept: DaemonEvent[] = [];
  const watchers = new Map<Connection, { readonly text: boolean }>();
  const listeners: ((event: DaemonEvent) => void)[] = [];
  let seq = 0;

  function push(connection: Connection, event: DaemonEvent, text: boolean): void {
    connection.notify('event', text ? event : withoutWords(event));
  }

  return {
    get seq() {
      return seq;
    },
    emit(body) {
      seq += 1;
      const event = { ...body, seq, at: new Date().toISOString() };
      kept.push(event);
      if (kept.length > KEPT_EVENTS) kept.shift();
      for (const [connection, { text }] of watchers) push(connection, event, text);
      // Last: what a listener tells comes after what it heard.
      for (const listener of listeners) listener(event);
    },
    watch(connection, { text, after = seq }) {
      watchers.set(connection, { text });
      void connection.ended.then(() => watchers.delete(connection));
      for (const event of kept) if (event.seq > after) push(connection, event, text);
    },
    forget(sessionId) {
      for (const [index, event] of kept.entries())
        if (event['sessionId'] === sessionId) kept[index] = withoutWords(event);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

function withoutWords({ text: _words, ...event }: DaemonEvent): DaemonEvent {
  return event as DaemonEvent;
}
