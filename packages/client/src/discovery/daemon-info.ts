// The discovery file that a daemon leaves for its clients: where it listens, what proves that they are its user's, how to start it.

import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import * as z from 'zod/mini';
import { PROTOCOL_VERSION } from '../protocol/methods.ts';
import { checkFolder, checkOwn, openFolder } from './folder.ts';
import { discoveryFile } from './started.ts';

const daemonInfo = z.object({
  protocol: z.int(),
  pid: z.int(),
  socket: z.string(),
  token: z.string(),
  /** The command that starts a daemon. */
  executable: z.array(z.string()),
});

export type DaemonInfo = z.infer<typeof daemonInfo>;

/** What fits into a socket's address everywhere: 104 bytes with the end mark on macOS (sys/un.h). */
const LONGEST_SOCKET_BYTES = 103;

/** Writes a new file, with a new token, for the daemon that this process is. Rejects with `ERR_DAEMON_REFUSED` for an unsafe folder. */
export async function writeDaemonInfo(folder: string, executable: readonly string[]): Promise<DaemonInfo> {
  await openFolder(folder);
  const written: DaemonInfo = {
    protocol: PROTOCOL_VERSION,
    pid: process.pid,
    socket: await socketPath(folder),
    token: randomBytes(32).toString('hex'),
    executable: [...executable],
  };
  const path = discoveryFile(folder);
  const draft = `${path}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, `${JSON.stringify(written, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
  return written;
}

/** The file of this user's last daemon, which may have ended since. Rejects with `ERR_DAEMON_MISSING` or `ERR_DAEMON_REFUSED`. */
export async function readDaemonInfo(folder: string): Promise<DaemonInfo> {
  const path = discoveryFile(folder);
  try {
    await checkFolder(folder);
    await checkOwn(path, 'file');
    return daemonInfo.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isVoiceInputError(error)) throw error;
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? `The daemon has not been started yet (${path}).`
        : `The discovery file of the daemon cannot be read (${path}).`;
    throw new VoiceInputError('ERR_DAEMON_MISSING', why, { cause: error });
  }
}

/** Where a daemon of this user listens. */
export async function socketPath(folder: string): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\voiceinput-${userInfo().username}`;
  return socketFile(folder, 'daemon.sock');
}

/** A place for a socket in `folder`, or where its path is too long for one, in another folder of this user. Not for Windows. */
export async function socketFile(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_BYTES) return path;
  const short = join(tmpdir(), `voiceinput-${userInfo().uid}`);
  await openFolder(short);
  return join(short, name);
}
