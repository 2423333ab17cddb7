// Decides how programs of the configuration hear of texts: the text on standard input, never in the way of a dictation.

import { spawn } from 'node:child_process';
import { VoiceInputError } from '@voiceinput/plugin-api';

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
/** What a program said last may come after its end; what it left running may keep its standard error open for ever. */
const LAST_WORDS_MS = 100;
const MOST_WAITING = 64;

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
        const reason = await run(command, text).catch((error: Error) => `cannot be run: ${error.message}`);
        if (reason !== undefined) warn(failure(command, reason));
        waiting -= 1;
      });
    },
    close: () => queue,
  };
}

/** Gives why it failed. Absent when it did not. */
function run([program = '', ...args]: readonly string[], { text, stage, sessionId, segmentId }: Hooked) {
  const env = { VOICEINPUT_STAGE: stage, VOICEINPUT_SESSION: sessionId, VOICEINPUT_SEGMENT: segmentId };
  return new Promise<string | undefined>((resolve) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (words: string) => (said = (said + words).slice(-500)));
    child.once('error', (error) => resolve(`cannot be run: ${error.message}`));
    child.once('exit', (code, killer) => {
      const how = killer === null ? `with exit code ${code}` : `by ${killer}`;
      const end = (): void => {
        clearTimeout(late);
        child.stderr.destroy();
        resolve(code === 0 ? undefined : `ended ${how}${said.trim() && `: ${said.trim()}`}`);
      };
      const late = setTimeout(end, LAST_WORDS_MS);
      child.once('close', end);
    });
    // A program that does not read is free not to.
    child.stdin.on('error', () => undefined).end(text);
  });
}

function failure(command: readonly string[], how: string): VoiceInputError {
  return new VoiceInputError('ERR_COMMAND_FAILED', `The hook "${command.join(' ')}" ${how}.`);
}
