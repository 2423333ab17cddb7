// How programs of the configuration hear of texts: the text on standard input, never in the way of a dictation.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { run } from '@voiceinput/sink-exec/run';

export interface Hooked {
  readonly stage: 'draft' | 'refined';
  readonly sessionId: string;
  readonly segmentId: string;
  readonly text: string;
}

export interface HookOptions {
  /** Programs with their arguments. Empty: none. */
  commandFor(stage: Hooked['stage']): readonly string[];
  /** Told of a program that cannot be run, fails, takes too long or is not run because too many are waiting. */
  warn(error: VoiceInputError): void;
}

export interface Hooks {
  tell(text: Hooked): void;
  /** Settles when all that were told have ended. */
  close(): Promise<void>;
}

const DEADLINE_MS = 30_000;
const MOST_WAITING = 64;
const { signal: always } = new AbortController();

/** Runs them one after the other: a program sees drafts and refined texts in their order. */
export function createHooks({ commandFor, warn }: HookOptions): Hooks {
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  return {
    tell(text) {
      const command = commandFor(text.stage);
      if (command.length === 0) return;
      if (waiting >= MOST_WAITING) {
        warn(failure(command, `was not run for a ${text.stage}, because ${waiting} others wait`));
        return;
      }
      waiting += 1;
      queue = queue.then(async () => {
        const reason = await give(command, text).catch((error: Error) => `cannot be run: ${error.message}`);
        if (reason !== undefined) warn(failure(command, reason));
        waiting -= 1;
      });
    },
    close: () => queue,
  };
}

/** Gives what went wrong. Absent when nothing did. */
function give(command: readonly string[], { text, stage, sessionId, segmentId }: Hooked): Promise<string | undefined> {
  const env = { VOICEINPUT_STAGE: stage, VOICEINPUT_SESSION: sessionId, VOICEINPUT_SEGMENT: segmentId };
  return run(command, { text, env, timeoutMs: DEADLINE_MS }, always);
}

function failure(command: readonly string[], how: string): VoiceInputError {
  return new VoiceInputError('ERR_COMMAND_FAILED', `The hook "${command.join(' ')}" ${how}.`);
}
