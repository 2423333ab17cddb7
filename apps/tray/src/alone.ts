// How a tray finds out that it is the only one of its user, where no session bus says so.

import { unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';

/** Another tray is running. */
export function alreadyRunning(): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', 'The tray is already running in this desktop session.', {
    hint: 'Look for its icon in the panel.',
  });
}

/** Holds the place of the only tray until `close`. Rejects with `ERR_DESKTOP` when another one has it. */
export async function openAlone(folder: string): Promise<{ close(): Promise<void> }> {
  await makeFolder(folder, 0o700);
  const isPipe = process.platform === 'win32';
  const path = isPipe ? `\\\\.\\pipe\\voiceinput-tray-${userInfo().username}` : join(folder, 'tray.sock');
  if (await answers(path)) throw alreadyRunning();
  // Left by a tray that was killed.
  if (!isPipe) await unlink(path).catch(unlessMissing);
  const server = createServer((socket) => socket.destroy());
  await listen(server, path);
  server.unref();
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Also later, as when no descriptor is left: unheard, it would end the tray.
    server.on('error', (cause) => {
      const why = `The tray cannot listen at ${path}: ${cause.message}.`;
      reject(new VoiceInputError('ERR_DESKTOP', why, { cause }));
    });
    server.listen(path, resolve);
  });
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
