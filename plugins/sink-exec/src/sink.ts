// Decides when the program is run and what its end means.

import { applyChanges } from '@voiceinput/plugin-api';
import type { Edit, Outcome, Sink } from '@voiceinput/plugin-api';
import type { ExecOptions } from './index.ts';
import { run } from './run.ts';

/** It gets the whole text of the dictation so far, each time a segment of the wanted stage changes it. */
export function execSink({ command, stage = 'refined', timeoutMs = 30_000 }: ExecOptions): Sink {
  const texts = new Map<string, string>();

  async function apply(edit: Edit, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const { sessionId, segmentId, changes, cause } = edit;
    const text = applyChanges(texts.get(sessionId) ?? '', changes);
    const isWanted = stage === 'both' || cause === stage;
    if (isWanted) {
      const env = { VOICEINPUT_STAGE: cause, VOICEINPUT_SESSION: sessionId, VOICEINPUT_SEGMENT: segmentId };
      const failure = await run(command, { text, env, timeoutMs }, signal);
      if (failure !== undefined) return { kind: 'refused', reason: `${command[0]} ${failure}` };
    }
    texts.set(sessionId, text);
    return { kind: 'applied', proof: 'unverified' };
  }

  return {
    async begin({ sessionId }, signal) {
      signal.throwIfAborted();
      texts.set(sessionId, '');
      return {};
    },
    apply,
    async end({ sessionId }, signal) {
      signal.throwIfAborted();
      texts.delete(sessionId);
    },
    close: async () => undefined,
  };
}
