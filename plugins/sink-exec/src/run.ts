// Decides how the program is run: the text on standard input, ended with all that it started when it must be.

import { spawn } from 'node:child_process';

export interface Run {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Gives why it failed; absent when it ended well. Rejects with the signal's reason on abort, when the program has been killed. */
export async function run(
  [program = '', ...args]: readonly string[],
  { text, env, timeoutMs }: Run,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ownGroup = process.platform !== 'win32';
  const child = spawn(program, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...env },
    detached: ownGroup,
  });
  let killed = '';
  const kill = (why: string): void => {
    killed = why;
    if (child.pid === undefined || !ownGroup || !killGroup(child.pid)) child.kill('SIGKILL');
  };
  const abort = (): void => kill('it was called off');
  const late = setTimeout(() => kill(`it took longer than ${timeoutMs} ms`), timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      child.once('error', (error) => resolve(`${program} cannot be run: ${error.message}`));
      child.once('exit', (code, by) => {
        const how = killed || (by === null ? `exit code ${code}` : by);
        resolve(code === 0 ? undefined : `${program} failed: ${how}`);
      });
      // A program that does not read is free not to.
      child.stdin.on('error', () => undefined).end(text);
    });
  } finally {
    clearTimeout(late);
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
