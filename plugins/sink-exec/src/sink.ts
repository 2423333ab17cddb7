// When the program is run and what its end means.

import { applyChanges } from '@voiceinput/plugin-api';
import type { Edit, Outcome, Sink } from '@voiceinput/plugin-api';
import type { ExecOptions } from './options.ts';
import { run } from './run.ts';

/** Whose texts are remembered, so that they can be taken back. */
const MOST_SESSIONS = 100;

/** It gets the whole text of the dictation so far, each time a segment of the wanted stage changes it. */
export function execSink({ command, stage = 'refined', timeoutMs = 30_000 }: ExecOptions): Sink {
  const sessions = new Map<string, { readonly wanted: ExecOptions['stage']; text: string }>();

  async function apply(edit: Edit, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const { sessionId, segmentId, changes, cause } = edit;
    const session = sessions.get(sessionId);
    if (session === undefined) return { kind: 'refused', reason: 'unknown-session' };
    const { wanted } = session;
    const text = applyChanges(session.text, changes);
    // A polished text is the refined one, better.
    const isWanted = wanted === 'both' || wanted === (cause === 'polished' ? 'refined' : cause);
    if (isWanted) {
      const env = { VOICEINPUT_STAGE: cause, VOICEINPUT_SESSION: sessionId, VOICEINPUT_SEGMENT: segmentId };
      const failure = await run(command, { text, env, timeoutMs }, signal);
      if (failure !== undefined)
        return { kind: 'refused', reason: 'program-failed', explanation: `${command[0]} ${failure}` };
    }
    session.text = text;
    return { kind: 'applied', proof: 'unverified' };
  }

  return {
    async begin({ sessionId, hybrid }, signal) {
      signal.throwIfAborted();
      // Where no better text will come, the draft is the one.
      sessions.set(sessionId, { wanted: hybrid || stage === 'both' ? stage : 'draft', text: '' });
      const [oldest = ''] = sessions.keys();
      if (sessions.size > MOST_SESSIONS) sessions.delete(oldest);
      return {};
    },
    apply,
    // What is over can still be taken back.
    async end(_result, signal) {
      signal.throwIfAborted();
    },
    close: async () => undefined,
  };
}
