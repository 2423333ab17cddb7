// Who may talk to the daemon: programs of its user that know the token and speak this version.

import { timingSafeEqual } from 'node:crypto';
import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { DaemonInfo, Connection } from '@voiceinput/client';
import { methods, PROTOCOL_VERSION, openConnection } from '@voiceinput/client';
import type { VoiceInputError as Reason } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** Who has not said hello by then is let go. */
const HELLO_DEADLINE_MS = 5_000;
const MOST_CLIENTS = 64;
const LAST_WORDS_MS = 100;

export interface ClientConnections {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly version: string;
  /** Adds what the client may ask now that it is known. */
  welcome(connection: Connection, client: string): void;
  /** Told why somebody was turned away. */
  refused(reason: Reason): void;
}

/** Listens where the discovery file says. Rejects with `ERR_DAEMON_RUNNING` when somebody else does. */
export async function listenForClients(
  { socket: path, token }: DaemonInfo,
  options: ListenOptions,
): Promise<ClientConnections> {
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = meet(socket, token, options);
    connections.add(connection);
    void connection.ended.then(() => connections.delete(connection));
  });
  server.maxConnections = MOST_CLIENTS;
  await removeStale(path);
  await listen(server, path);
  // Who cannot be let in, as when no descriptor is left, comes again.
  server.on('error', (error) => options.refused(notLetIn(error)));
  return {
    async close() {
      for (const connection of connections)
        connection.close(new VoiceInputError('ERR_DAEMON_LOST', 'The daemon stopped.'));
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await removeSocket(path);
    },
  };
}

function notLetIn(error: Error): Reason {
  return new VoiceInputError('ERR_DAEMON_REFUSED', `A client could not be accepted: ${error.message}`, {
    cause: error,
  });
}

function meet(socket: Socket, token: string, { version, welcome, refused }: ListenOptions): Connection {
  const connection = openConnection(socket);
  const late = setTimeout(
    () => turnAway(new VoiceInputError('ERR_DAEMON_REFUSED', 'The client sent no handshake.')),
    HELLO_DEADLINE_MS,
  );
  let known = false;
  void connection.ended.then(() => clearTimeout(late));

  function turnAway(reason: Reason): void {
    refused(reason);
    // Its answer goes out before.
    setTimeout(() => connection.close(reason), LAST_WORDS_MS);
  }

  connection.onRequest('hello', methods.hello.params, async ({ protocol, token: given, client }) => {
    const reason = reasonAgainst(protocol, isSame(given, token));
    if (reason !== undefined) {
      turnAway(reason);
      throw reason;
    }
    clearTimeout(late);
    if (!known) welcome(connection, client);
    known = true;
    return { version, pid: process.pid };
  });
  connection.begin();
  return connection;
}

function reasonAgainst(protocol: number, hasToken: boolean): Reason | undefined {
  if (!hasToken) return new VoiceInputError('ERR_DAEMON_REFUSED', 'Wrong token.');
  if (protocol === PROTOCOL_VERSION) return undefined;
  return new VoiceInputError(
    'ERR_DAEMON_REFUSED',
    `The client uses protocol version ${protocol}, the daemon version ${PROTOCOL_VERSION}.`,
  );
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A daemon that was killed leaves its socket behind. */
async function removeStale(path: string): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
  if (answered) throw new VoiceInputError('ERR_DAEMON_RUNNING', `Another daemon is already running (${path}).`);
  await removeSocket(path);
}

async function removeSocket(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  // Not `rm`: it leaves Node with the kind "socket" of the last file that it asked for, and then imports of packages behind
  // symbolic links are resolved wrongly (realpathSync in https://github.com/nodejs/node/blob/v20.20.2/lib/fs.js).
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function listen(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } finally {
    process.umask(before);
  }
  if (process.platform !== 'win32') await chmod(path, 0o600);
}
