// How a text is copied on Wayland without XWayland: with the program wl-copy, which goes on offering it.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { VoiceInputError } from '@voiceinput/plugin-api';

const PROGRAM = 'wl-copy';

/** Rejects with `ERR_DISPLAY_MISSING` where the program is not installed, or the compositor does not let it copy. */
export async function copyOnWayland(text: string): Promise<void> {
  // What it leaves running would keep a pipe open.
  const child = spawn(PROGRAM, ['--type', 'text/plain;charset=utf-8'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  // It may end without reading: its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  const [code] = await exited.catch((cause: unknown): never => {
    throw missing(cause);
  });
  if (code === 0) return;
  throw new VoiceInputError('ERR_DISPLAY_MISSING', `${PROGRAM} could not copy (exit code ${code ?? 'none'}).`, {
    hint: 'Find your dictations with: voiceinput history',
  });
}

/** Why nothing can be copied. Absent when it can, as far as can be known without copying. */
export function missingCopier(): VoiceInputError | undefined {
  const { error } = spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' });
  return error && missing(error);
}

function missing(cause: unknown): VoiceInputError {
  return new VoiceInputError('ERR_DISPLAY_MISSING', `On Wayland copying needs the program ${PROGRAM}.`, {
    cause,
    hint: 'Install it: sudo apt-get install wl-clipboard',
  });
}
