// Who hears of what happens, in which order, and that dictated words reach only those who asked.

import type { EngineEvent, EventBody } from '@voiceinput/plugin-api';

export type EventListener = (event: EngineEvent) => void;

export interface Trace {
  /** Gives the event back with its number and time. */
  emit(body: EventBody): EngineEvent;
  /** Calls `listener` for every later event; what it throws becomes a warning of the process. Returns the function that ends it. */
  watch(listener: EventListener, options?: { readonly text?: boolean }): () => void;
}

/** Numbers events from 1. */
export function createTrace(): Trace {
  const watchers = new Set<{ listener: EventListener; text: boolean }>();
  let seq = 0;

  return {
    emit(body) {
      seq += 1;
      const event: EngineEvent = { ...body, seq, atMs: performance.now() };
      const silent = withoutWords(event);
      for (const { listener, text } of watchers) tell(listener, text ? event : silent);
      return event;
    },
    watch(listener, { text = false } = {}) {
      const watcher = { listener, text };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

/** A listener's mistake is its own: whoever speaks loses nothing by it. */
function tell(listener: EventListener, event: EngineEvent): void {
  try {
    listener(event);
  } catch (error) {
    process.emitWarning(
      `A listener failed at the event ${event.type}: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

function withoutWords(event: EngineEvent): EngineEvent {
  if (event.type !== 'text') return event;
  const { text: _words, ...rest } = event;
  return rest;
}
