// What clients can do to dictations: begin, end, cancel, undo, paste, and wait for one.

import type { Dictations } from '../dictate/dictations.ts';
import { paste, undo } from '../dictate/written.ts';
import type { WrittenPort } from '../dictate/written.ts';
import type { Choose } from './choose.ts';
import type { Handlers } from './handlers.ts';

export interface RecordingPort extends WrittenPort {
  readonly dictations: Dictations;
  readonly choose: Choose;
}

/** Answers requests that start, stop, cancel, undo, paste and await dictations. */
export function recordingHandlers(port: RecordingPort) {
  const { dictations, choose } = port;
  return {
    start: async ({ mode, sink, profile }) => dictations.start({ mode, profile, sink: sink && choose('sink', sink) }),
    stop: async () => withId(dictations.stop()),
    async toggle({ sink: wanted, profile }) {
      const sink = wanted && choose('sink', wanted);
      const stopped = dictations.stop();
      return stopped === undefined ? { recording: dictations.start({ mode: 'toggle', sink, profile }) } : { stopped };
    },
    cancel: async () => withId(dictations.cancel()),
    undo: ({ sessionId }) => undo(port, sessionId),
    paste: (request) => paste(port, request),
    result: ({ sessionId }) => dictations.resultOf(sessionId),
  } satisfies Handlers;
}

const withId = (sessionId: string | undefined) => ({ ...(sessionId !== undefined && { sessionId }) });
