// The page's own door: a listener on loopback that lets one browser in, by a code, for as long as the page is open.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { createCode } from './code.ts';
import { askingPage, enteringPage, languageOf } from './entry.ts';
import { failureOf } from './failure.ts';
import { pageFiles } from './files.ts';
import { refuseOtherNames, refuseOtherOrigins, refuseOtherSites, refuseStrangers, Turned } from './guard.ts';
import { createPresence, presenceLimits } from './presence.ts';
import type { Ending, Presence, PresenceLimits } from './presence.ts';

const HOST = '127.0.0.1';
const MOST_CODE_BYTES = 1_000;
/** Long texts are corrected, long lists of words are written. */
const MOST_BODY_BYTES = 500_000;
const MOST_CONNECTIONS = 64;
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'media-src blob:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export interface Door {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Lets one browser in, for `enterMs`. */
  readonly code: string;
  /** Settles when nobody needs it any more; it has to be closed then. */
  readonly over: Promise<Ending>;
  close(): Promise<void>;
}

/** Opens a door to `api`, whose paths begin behind `/api`. Rejects with `ERR_PORT` where nothing can listen. */
export async function openDoor(
  api: (presence: Presence) => Hono,
  limits: PresenceLimits = presenceLimits,
): Promise<Door> {
  const files = await pageFiles();
  const presence = createPresence(limits);
  const code = createCode(limits.enterMs);
  const server = createServer({ headersTimeout: HEAD_MS, requestTimeout: REQUEST_MS });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error): void => reject(new VoiceInputError('ERR_PORT', cause.message, { cause }));
    server.once('error', fail).listen(0, HOST, () => resolve());
  });
  // Who cannot be let in, as when no descriptor is left, comes again.
  server.on('error', () => undefined);
  const { port } = server.address() as AddressInfo;
  const address = `http://${HOST}:${port}`;
  const app = routes({ address, cookieName: `voiceinput-settings-${port}`, files, code, presence, api });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (request, response) => void listener(request, response));
  return {
    address,
    code: code.text,
    over: presence.over,
    async close() {
      presence.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface RoutesPort {
  readonly address: string;
  readonly cookieName: string;
  readonly files: Awaited<ReturnType<typeof pageFiles>>;
  readonly code: ReturnType<typeof createCode>;
  readonly presence: Presence;
  readonly api: (presence: Presence) => Hono;
}

function routes({ address, cookieName, files, code, presence, api }: RoutesPort): Hono {
  const secrets = { cookie: randomBytes(32).toString('hex'), token: randomBytes(32).toString('hex') };
  const app = new Hono();
  const language = (context: Context) => languageOf(context.req.header('accept-language') ?? null);

  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    refuseOtherNames(context.req.raw.headers, address);
    await next();
  });
  app.post('/enter', limited(MOST_CODE_BYTES), async (context) => {
    refuseOtherOrigins(context.req.raw.headers, [address, 'null']);
    const given = new URLSearchParams(await context.req.text()).get('code') ?? '';
    if (!code.spend(given)) return context.html(askingPage(language(context), true), 401);
    presence.entered();
    setCookie(context, cookieName, secrets.cookie, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.html(enteringPage(language(context), secrets.token));
  });
  app.get('/', (context) => {
    if (getCookie(context, cookieName) !== secrets.cookie)
      return context.html(askingPage(language(context), false), 401);
    return context.body(files.get('/')!.body, 200, { 'Content-Type': files.get('/')!.type });
  });
  app.use('/api/*', limited(MOST_BODY_BYTES), async (context, next) => {
    const { headers: sent } = context.req.raw;
    refuseOtherSites(sent);
    if (context.req.method !== 'GET') refuseOtherOrigins(sent, [address]);
    refuseStrangers(sent, getCookie(context, cookieName), secrets);
    presence.used();
    await next();
  });
  app.route('/api', api(presence));
  app.get('*', (context) => {
    const file = files.get(context.req.path);
    if (file === undefined) throw new Turned(404, `There is no ${context.req.path} here.`);
    return context.body(file.body, 200, { 'Content-Type': file.type });
  });
  app.notFound(() => {
    throw new Turned(405, 'This cannot be asked for so.');
  });
  app.onError((error, context) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    return context.json({ error: failureOf(error) }, statusOf(error));
  });
  return app;
}

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Turned(413, `A request has ${maxSize} bytes at most.`);
    },
  });

type Status = 401 | 422 | 500;

function statusOf(error: unknown): Status {
  if (error instanceof Turned) return error.status as Status;
  return isVoiceInputError(error) ? 422 : 500;
}
