// Decides how a program is run that writes samples to its standard output: it ends with the recording and with us.

import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Recording } from './recorder.ts';

const KEPT_CHARACTERS = 1_000;
const STOP_DEADLINE_MS = 500;

/** Its next write fails when this process is gone, which ends it. */
export function record(program: string, args: readonly string[]): Recording {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-KEPT_CHARACTERS);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(words));
  });
  return {
    bytes: child.stdout,
    ended,
    stop() {
      child.stdout.destroy();
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      void ended.then(() => clearTimeout(deadline));
    },
  };
}

/** What a program says. Rejects when it is not there or fails. */
export async function ask(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return (await promisify(execFile)(program, args, { signal, env, timeout: 5_000 })).stdout;
}
