// How the HTTP server listens, whom it lets go of, and how it ends.

import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { listenAtOwnSocket } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Limits } from './limits.ts';
import { answerOf, Refusal } from './refusal.ts';
import { createRoutes, failed } from './routes.ts';
import type { RoutesPort } from './routes.ts';

/** Answers that are on their way when the daemon ends have so long. */
const LAST_WORDS_MS = 500;
/** How often late requests are looked for. */
const LATENESS_CHECK_MS = 1_000;
/** What programs call this machine; where `localhost` is IPv6 first, they ask there. */
const HOSTS = ['127.0.0.1', '::1'];

/** How many ports are tried where any will do. */
const PORT_TRIES = 10;

export interface HttpServer {
  /**
   * Listens at `port` of this machine only, with IPv6 too where there is that; 0 is any that is free. Gives the port.
   * Rejects with `ERR_PORT`: also when only one of both could be had, since somebody else would be asked at the other one.
   */
  listenAtPort(port: number): Promise<number>;
  /** Listens at a socket that only this user can connect to. Who comes through it needs no token. */
  listenAtSocket(path: string): Promise<void>;
  /** How many connections are open. */
  connections(): Promise<number>;
  /** Ends open requests as `port.closing` said, and settles when the last connection is gone. */
  close(): Promise<void>;
}

/** Answers what `routes` has, wherever it is told to listen. */
export function createHttpServer(routes: RoutesPort): HttpServer {
  const { limits } = routes;
  const app = createRoutes(routes);
  const doors = new Set<Server>();
  const guests = new Set<Socket>();

  function createDoor(isOwner: boolean): Server {
    const listener = getRequestListener((request, env) => app.fetch(request, { ...(env as HttpBindings), isOwner }), {
      overrideGlobalObjects: false,
      errorHandler: () => failed(unreadable('The address or host of the request is invalid', 400)),
    });
    const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      outgoing.setHeader('Cache-Control', 'no-store').setHeader('X-Content-Type-Options', 'nosniff');
      void listener(incoming, outgoing);
    };
    const door = createServer(timesOf(limits), handle);
    // Who asks before sending a body is told to go on only when it is wanted.
    door.on('checkContinue', handle);
    // Who cannot be let in, as when no descriptor is left, comes again; unheard, it would end the daemon.
    door.on('error', () => undefined);
    door.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => turnAway(error, socket));
    return door;
  }

  /** All programs may ask at one address: both have one limit together. */
  function countIn(socket: Socket): void {
    if (guests.size >= limits.connections) return void socket.destroy();
    guests.add(socket);
    socket.once('close', () => guests.delete(socket));
  }

  async function listenAtBoth(port: number): Promise<number> {
    const found: Server[] = [];
    try {
      let taken = port;
      for (const host of HOSTS) {
        const door = createDoor(false);
        door.maxConnections = limits.connections;
        door.on('connection', countIn);
        if (!(await listen(door, { host, port: taken }))) continue;
        found.push(door);
        taken = (door.address() as AddressInfo).port;
      }
      for (const door of found) doors.add(door);
      return taken;
    } catch (error) {
      await Promise.all(found.map(ended));
      throw error;
    }
  }

  return {
    async listenAtPort(port) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await listenAtBoth(port);
        } catch (error) {
          if (port !== 0 || tries >= PORT_TRIES) throw error;
        }
      }
    },
    async listenAtSocket(path) {
      const door = createDoor(true);
      door.maxConnections = limits.ownConnections;
      await listenAtOwnSocket(door, path);
      doors.add(door);
    },
    async connections() {
      const counts = await Promise.all([...doors].map((door) => promisify(door.getConnections.bind(door))()));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async close() {
      await Promise.all([...doors].map(ended));
    },
  };
}

/** Settles when a server has no connection any more. */
async function ended(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const last = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
  await closed;
  clearTimeout(last);
}

function timesOf({ headMs, uploadMs }: Limits) {
  return {
    headersTimeout: headMs,
    // Only for what nobody waits for any more: uploads have a limit of their own, which says so.
    requestTimeout: headMs + uploadMs + LATENESS_CHECK_MS,
    connectionsCheckingInterval: Math.min(LATENESS_CHECK_MS, headMs),
  };
}

/** What the parser of Node refuses reaches no route. */
function turnAway({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy();
  const [status, line, what] =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ([408, '408 Request Timeout', 'The request was not completed in time'] as const)
      : code === 'HPE_HEADER_OVERFLOW'
        ? ([431, '431 Request Header Fields Too Large', 'The headers of the request are too long'] as const)
        : ([400, '400 Bad Request', 'This is not an HTTP request'] as const);
  const body = JSON.stringify(answerOf(unreadable(what, status)).body);
  socket.write(
    `HTTP/1.1 ${line}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // Not only its own half: whoever does not close the other one would keep the descriptor for ever.
  socket.destroySoon();
}

const unreadable = (what: string, status: number): Refusal =>
  new Refusal('ERR_REQUEST_INVALID', `${what}.`, { status });

/** Whether this machine has such an address. Rejects with `ERR_PORT`. */
async function listen(server: Server, at: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (at.host !== HOSTS[0] && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code ?? '')) return resolve(false);
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : error.message;
      reject(
        new VoiceInputError('ERR_PORT', `Port ${at.port} of ${at.host} cannot be opened: ${why}.`, { cause: error }),
      );
    });
    server.listen({ ...at, ipv6Only: true }, () => resolve(true));
  });
}
