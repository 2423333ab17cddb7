// How a program is given a text: on standard input; ended with all that it started when it must be.

import { spawn } from 'node:child_process';
import { startDeadline } from '@voiceinput/plugin-api';

export interface Run {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What a program said last may come after its end; what it left running may keep its standard error open for ever. */
const LAST_WORDS_MS = 100;
const KEPT_CHARACTERS = 500;

/**
 * Gives what went wrong, to stand behind the program's name, with its own last words; absent when it ended well. Rejects
 * with the signal's reason on abort, when the program has been killed.
 */
export async function run(
  [program = '', ...args]: readonly string[],
  { text, env, timeoutMs }: Run,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ownGroup = process.platform !== 'win32';
  const child = spawn(program, args, {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
    detached: ownGroup,
  });
  let killed = '';
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => (said = (said + words).slice(-KEPT_CHARACTERS)));
  const kill = (why: string): void => {
    killed = why;
    if (child.pid === undefined || !ownGroup || !killGroup(child.pid)) child.kill('SIGKILL');
  };
  const abort = (): void => kill('it was called off');
  const late = startDeadline(timeoutMs, () => kill(`it took longer than ${timeoutMs} ms`));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(`cannot be run: ${error.message}`));
      child.once('exit', (code, by) => {
        if (code === 0) return resolve(undefined);
        const how = killed || (by === null ? `exit code ${code}` : by);
        const end = (): void => resolve(`failed: ${[how, said.trim()].filter(Boolean).join(': ')}`);
        const waiting = setTimeout(end, LAST_WORDS_MS);
        child.once('close', () => (clearTimeout(waiting), end()));
      });
      // A program that does not read is free not to.
      child.stdin.on('error', () => undefined).end(text);
    });
  } finally {
    late.stop();
    child.stderr.destroy();
    signal.removeEventListener('abort', abort);
    signal.throwIfAborted();
  }
}

/** A program that runs as somebody else may not be killed by us. Gives whether it was. */
function killGroup(pid: number): boolean {
  try {
    return process.kill(-pid, 'SIGKILL');
  } catch {
    return false;
  }
}
