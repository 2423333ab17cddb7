// How the user's systemd is told.

import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { DESKTOP } from './systemd.ts';

const run = promisify(execFile);
const ANSWER_MS = 60_000;
const DISPLAYS = ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY'];

/** Rejects with `ERR_SERVICE` and what systemd says. */
export async function systemctl(...args: readonly string[]): Promise<void> {
  try {
    await run('systemctl', ['--user', ...args], { timeout: ANSWER_MS });
  } catch (error) {
    throw failure(args, error as NodeJS.ErrnoException & { readonly stderr?: string });
  }
}

/** Starts it, or starts it anew. Rejects with `ERR_SERVICE`. */
export async function startUnit(unit: string): Promise<void> {
  // A desktop that does not tell systemd of itself has not told it of its display either.
  const known = DISPLAYS.filter((name) => process.env[name] !== undefined);
  if (known.length > 0) await systemctl('import-environment', ...known);
  await systemctl('restart', unit);
}

/** Whether the desktop has told systemd that it is there. */
export async function hasDesktop(): Promise<boolean> {
  return (await stateOf('is-active', DESKTOP)) === 'active';
}

/** One word, such as `active`; `unknown` when systemd cannot be asked. */
export async function stateOf(question: 'is-active' | 'is-enabled', unit: string): Promise<string> {
  try {
    const { stdout } = await run('systemctl', ['--user', question, unit], { timeout: ANSWER_MS });
    return stdout.trim();
  } catch (error) {
    // A service that is not active is told by the word and by the exit code.
    const { stdout = '' } = error as { readonly stdout?: string };
    return stdout.trim() || 'unknown';
  }
}

/** Why systemd cannot be asked by this user. Absent while it can. */
export async function whyUnreachable(): Promise<VoiceInputError | undefined> {
  try {
    await systemctl('show-environment');
    return undefined;
  } catch (error) {
    return error as VoiceInputError;
  }
}

/** Whether what starts at login starts with the machine, and goes on without a login. */
export async function isLingering(): Promise<boolean> {
  try {
    const { stdout } = await run('loginctl', ['show-user', userInfo().username, '--property=Linger', '--value'], {
      timeout: ANSWER_MS,
    });
    return stdout.trim() === 'yes';
  } catch {
    // Nobody is logged in as systemd has it, or there is no systemd.
    return false;
  }
}

function failure(
  args: readonly string[],
  error: NodeJS.ErrnoException & { readonly stderr?: string },
): VoiceInputError {
  if (error.code === 'ENOENT')
    return new VoiceInputError('ERR_SERVICE', 'systemd was not found (systemctl is not on the PATH).', {
      hint: 'Start it yourself: voiceinput serve',
      cause: error,
    });
  const said = error.stderr?.trim() || error.message;
  return new VoiceInputError('ERR_SERVICE', `systemctl --user ${args.join(' ')} failed: ${said}`, { cause: error });
}
