// In which folder daemon and clients of one user find each other, and that nobody else can have made it.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNamedBy, homeFolder, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';

/**
 * The same for every program of a user, whatever its environment: a launcher has no shell's. An absolute
 * `VOICEINPUT_RUNTIME_DIR` overrides it.
 */
export function runtimeFolder(): string {
  const chosen = folderNamedBy('VOICEINPUT_RUNTIME_DIR');
  if (chosen !== undefined) return chosen;
  if (process.platform === 'win32') return join(homeFolder(), 'AppData', 'Local', 'voiceinput', 'run');
  if (process.platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support', 'voiceinput', 'run');
  return join(homeFolder(), '.local', 'state', 'voiceinput');
}

/** Makes the folder if it is not there. Rejects with `ERR_STORAGE` where it cannot be made, else as `checkFolder` does. */
export async function openFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700).catch((cause: Error) => {
    throw new VoiceInputError(
      'ERR_STORAGE',
      `The folder ${folder} for the daemon cannot be created: ${cause.message}`,
      {
        cause,
      },
    );
  });
  await checkFolder(folder);
}

/** Rejects with `ERR_DAEMON_REFUSED` when the folder is a link, somebody else's, or open to others. */
export async function checkFolder(folder: string): Promise<void> {
  await checkOwn(folder, 'directory');
}

/** Rejects with `ERR_DAEMON_REFUSED` when others could have written what is at `path`, and with the system's error when nothing is. */
export async function checkOwn(path: string, kind: 'directory' | 'file'): Promise<void> {
  const stats = await lstat(path);
  const refuse = (what: string): never => {
    throw new VoiceInputError('ERR_DAEMON_REFUSED', `${path} ${what}, so it may not come from your daemon.`, {
      hint: `Remove it, then start the daemon again: voiceinput serve`,
    });
  };
  if (kind === 'directory' ? !stats.isDirectory() : !stats.isFile()) refuse(`is not a regular ${kind}`);
  if (process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) refuse(`belongs to user ${stats.uid}, not to you`);
  if ((stats.mode & 0o077) !== 0) refuse(`is accessible to others (mode ${(stats.mode & 0o777).toString(8)})`);
}
