// How the HTTP server listens, whom it lets go of, and how it ends.

import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Limits } from './limits.ts';
import { answerOf, Refusal } from './refusal.ts';
import { createRoutes, failed } from './routes.ts';
import type { RoutesPort } from './routes.ts';

/** Answers that are on their way when the daemon ends have so long. */
const LAST_WORDS_MS = 500;
/** How often late requests are looked for. */
const LATENESS_CHECK_MS = 1_000;
const HOST = '127.0.0.1';

export interface HttpServer {
  readonly port: number;
  /** How many connections are open. */
  connections(): Promise<number>;
  /** Ends open requests as `port.closing` said, and settles when the last connection is gone. */
  close(): Promise<void>;
}

/** Listens at `port` of this machine only; 0 is any that is free. Rejects with `ERR_PORT`. */
export async function openServer(port: number, routes: RoutesPort): Promise<HttpServer> {
  const { limits } = routes;
  const app = createRoutes(routes);
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: () => failed(unreadable('The address or host of the request is invalid', 400)),
  });
  const server = createServer(timesOf(limits), (incoming, outgoing) => {
    outgoing.setHeader('Cache-Control', 'no-store').setHeader('X-Content-Type-Options', 'nosniff');
    void listener(incoming, outgoing);
  });
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => turnAway(error, socket));
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => promisify(server.getConnections.bind(server))(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const last = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
      await closed;
      clearTimeout(last);
    },
  };
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

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const why = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'it is in use' : error.message;
      reject(new VoiceInputError('ERR_PORT', `Port ${port} of ${HOST} cannot be opened: ${why}.`, { cause: error }));
    });
    server.listen(port, HOST, resolve);
  });
}
