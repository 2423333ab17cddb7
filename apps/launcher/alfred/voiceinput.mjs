// How the workflow's scripts run VoiceInput, and what they make of its errors.
// Plain JavaScript without dependencies: Alfred runs it from the workflow's folder.

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';

/** `voiceinput` of the workflow's configuration: a program, or the path of main.js. Gives what it answered, or its error. */
export function voiceinput(...args) {
  const program = process.env.voiceinput || 'voiceinput';
  // A program of the PATH has no folder in its name.
  const isScript = existsSync(program) && /\.[cm]?js$/.test(realpathSync(program));
  const [command, ...rest] = isScript ? [process.execPath, program, ...args] : [program, ...args];
  const { status, stdout, stderr, error } = spawnSync(command, [...rest, '--json'], { encoding: 'utf8' });
  return status === 0 ? { answer: JSON.parse(stdout) } : { error: complaint(stderr, error) };
}

/** The last line of what the program said is its error. */
function complaint(said, failure) {
  const line = said?.trim().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? JSON.parse(line) : { message: failure?.message ?? line, hint: '' };
}
