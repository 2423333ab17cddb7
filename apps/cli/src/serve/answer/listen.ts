// Who may talk to the daemon: programs of its user that know the token and speak this version.

import { timingSafeEqual } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { DaemonInfo, Connection } from '@voiceinput/client';
import { listenAtOwnSocket, methods, PROTOCOL_VERSION, openConnection, removeSocket } from '@voiceinput/client';
import type { VoiceInputError as Reason } from '@voiceinput/plugin-api';
import { startDeadline, VoiceInputError } from '@voiceinput/plugin-api';

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
  await refuseBeside(path);
  await listenAtOwnSocket(server, path);
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
  const deadline = startDeadline(HELLO_DEADLINE_MS, () =>
    turnAway(new VoiceInputError('ERR_DAEMON_REFUSED', 'The client sent no handshake.')),
  );
  let known = false;
  void connection.ended.then(() => deadline.stop());

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
    deadline.stop();
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

/** One that was killed leaves its socket behind, and nobody answers there. */
async function refuseBeside(path: string): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
  if (answered) throw new VoiceInputError('ERR_DAEMON_RUNNING', `Another daemon is already running (${path}).`);
}
