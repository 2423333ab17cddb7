// A socket that only its user can have made and can connect to: it lies in a folder that nobody else can use.

import { chmod, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { dirname } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { checkFolder } from './folder.ts';

/** Rejects with `ERR_DAEMON_MISSING` when nobody listens, `ERR_DAEMON_REFUSED` when somebody else may have made the socket. */
export async function connectToOwnSocket(path: string): Promise<Socket> {
  const missing = (cause: NodeJS.ErrnoException): VoiceInputError =>
    new VoiceInputError('ERR_DAEMON_MISSING', `The daemon is not running (${path}: ${cause.code}).`, { cause });
  // Not the socket itself: asked for it, Node takes the next file for one, see below.
  if (process.platform !== 'win32')
    await checkFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => {
      throw error instanceof VoiceInputError ? error : missing(error);
    });
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => reject(missing(error)));
  });
}

/** Listens at `path` for this user only. A socket that is there already is removed: ask first whether it is anybody's. */
export async function listenAtOwnSocket(server: Server, path: string): Promise<void> {
  if (process.platform !== 'win32') await checkFolder(dirname(path));
  await removeSocket(path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // Its folder has kept others out until then. A mask for new files would hold for all that is made meanwhile, also by
  // processes that are started.
  if (process.platform !== 'win32') await chmod(path, 0o600);
}

/** Removes a socket; one that is not there is no failure. */
export async function removeSocket(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  // Not `rm`: it leaves Node with the kind "socket" of the last file that it asked for, and then imports of packages behind
  // symbolic links are resolved wrongly (realpathSync in https://github.com/nodejs/node/blob/v20.20.2/lib/fs.js).
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
