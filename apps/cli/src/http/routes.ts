// What can be asked over HTTP, and that every answer but an audio's has the form that OpenAI's clients expect.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { isModel, modelNames, unknownModel } from './choice.ts';
import { refuseForeigners, refuseStrangers } from './guard.ts';
import { openApi } from './openapi.ts';
import { plainPath } from './path.ts';
import { answerOf, Refusal } from './refusal.ts';
import type { Token } from './token.ts';
import { transcribe } from './transcription.ts';
import type { TranscriptionPort } from './transcription.ts';

export interface RoutesPort extends TranscriptionPort {
  readonly token: Token;
  readonly startedAt: Date;
  /** Whether the lanes are warm. */
  isReady(): boolean;
  profileNames(): readonly string[];
}

const TRANSCRIPTIONS = '/v1/audio/transcriptions';
const TRANSLATIONS = '/v1/audio/translations';

interface Env {
  Bindings: HttpBindings & {
    /** Whether only this user can have connected. */
    readonly isOwner: boolean;
  };
}

export function createRoutes(port: RoutesPort): Hono<Env> {
  const { token, closing, startedAt, profileNames } = port;
  const app = new Hono<Env>({ getPath: ({ url }) => plainPath(new URL(url).pathname) });
  const modelOf = (id: string) => ({
    id,
    object: 'model',
    created: Math.floor(startedAt.getTime() / 1000),
    owned_by: 'voiceinput',
  });

  app.onError((error, { env: { incoming } }) => {
    const response = failed(error);
    // Whoever waited for leave to send a body sends none now; what came next would be taken for it.
    if (incoming.headers.expect !== undefined && !incoming.complete) response.headers.set('Connection', 'close');
    return response;
  });
  app.notFound(({ req }) =>
    failed(refused(404, `Unknown address: ${req.method} ${req.path}. Transcriptions are at POST ${TRANSCRIPTIONS}.`)),
  );
  app.use(async ({ env: { incoming, isOwner }, req }, next) => {
    if (!isOwner) refuseForeigners(incoming.headers);
    if (!isOwner && req.path !== '/health') refuseStrangers(incoming.headers, token.token);
    closing.throwIfAborted();
    await next();
  });

  app.get('/health', ({ json }) =>
    port.isReady() ? json({ status: 'ok' }) : json({ status: 'opening' }, 503, { 'Retry-After': '1' }),
  );
  app.get('/v1/models', ({ json }) => json({ object: 'list', data: modelNames(profileNames()).map(modelOf) }));
  app.get('/v1/models/:id', ({ json, req }) => {
    const id = req.param('id');
    if (!isModel(id, profileNames())) throw unknownModel(id, profileNames());
    return json(modelOf(id));
  });
  app.get('/openapi.json', ({ json }) => json(openApi()));
  app.post(TRANSCRIPTIONS, ({ env, req }) => transcribe(env, port, req.raw.signal));
  app.post(TRANSLATIONS, () => {
    throw refused(400, `Translation is not supported; the text of a file in its own language is at ${TRANSCRIPTIONS}.`);
  });

  for (const path of ['/health', '/openapi.json', '/v1/models', '/v1/models/:id']) app.all(path, onlyFor('GET'));
  for (const path of [TRANSCRIPTIONS, TRANSLATIONS]) app.all(path, onlyFor('POST'));
  return app;
}

/** The answer to what was thrown. */
export function failed(error: unknown): Response {
  const { status, headers, body } = answerOf(error);
  return Response.json(body, { status, headers });
}

function onlyFor(method: string) {
  return ({ req }: Context<Env>): never => {
    const message = `${req.method} is not allowed on ${req.path}; use ${method}.`;
    throw new Refusal('ERR_REQUEST_INVALID', message, { status: 405, headers: { Allow: method } });
  };
}

const refused = (status: number, message: string): Refusal => new Refusal('ERR_REQUEST_INVALID', message, { status });
