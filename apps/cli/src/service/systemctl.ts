// How the user's systemd is told.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { DESKTOP, UNIT } from './systemd.ts';

const run = promisify(execFile);
const ANSWER_MS = 60_000;

/** Rejects with `ERR_SERVICE` and what systemd says. */
export async function systemctl(...args: readonly string[]): Promise<void> {
  try {
    await run('systemctl', ['--user', ...args], { timeout: ANSWER_MS });
  } catch (error) {
    throw failure(args, error as NodeJS.ErrnoException & { readonly stderr?: string });
  }
}

/** Whether the desktop has told systemd that it is there. */
export async function hasDesktop(): Promise<boolean> {
  return (await stateOf('is-active', DESKTOP)) === 'active';
}

/** One word, such as `active`; `unknown` when systemd cannot be asked. */
export async function stateOf(question: 'is-active' | 'is-enabled', unit = UNIT): Promise<string> {
  try {
    const { stdout } = await run('systemctl', ['--user', question, unit], { timeout: ANSWER_MS });
    return stdout.trim();
  } catch (error) {
    // A service that is not active is told by the word and by the exit code.
    const { stdout = '' } = error as { readonly stdout?: string };
    return stdout.trim() || 'unknown';
  }
}

function failure(
  args: readonly string[],
  error: NodeJS.ErrnoException & { readonly stderr?: string },
): VoiceInputError {
  if (error.code === 'ENOENT')
    return new VoiceInputError('ERR_SERVICE', 'systemd was not found (systemctl is not on the PATH).', {
      hint: 'Add this command to the autostart of your desktop instead: voiceinput serve',
      cause: error,
    });
  const said = error.stderr?.trim() || error.message;
  return new VoiceInputError('ERR_SERVICE', `systemctl --user ${args.join(' ')} failed: ${said}`, { cause: error });
}
