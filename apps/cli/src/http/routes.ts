// What can be asked over HTTP, and that every answer but an audio's has the form that OpenAI's clients expect.

import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { modelNames, unknownModel } from './choice.ts';
import { refuseForeigners, refuseStrangers } from './guard.ts';
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

interface Env {
  Bindings: HttpBindings;
}

export function createRoutes(port: RoutesPort): Hono<Env> {
  const { token, closing, startedAt, profileNames } = port;
  const app = new Hono<Env>();
  const modelOf = (id: string) => ({
    id,
    object: 'model',
    created: Math.floor(startedAt.getTime() / 1000),
    owned_by: 'voiceinput',
  });

  app.onError((error) => failed(error));
  app.notFound(({ req }) =>
    failed(
      refused(404, `Unknown address: ${req.method} ${req.path}. Transcriptions are at POST /v1/audio/transcriptions.`),
    ),
  );
  app.use(async ({ env: { incoming }, req }, next) => {
    refuseForeigners(incoming.headers);
    if (req.path !== '/health') refuseStrangers(incoming.headers, token.token);
    closing.throwIfAborted();
    await next();
  });

  app.get('/health', ({ json }) =>
    port.isReady() ? json({ status: 'ok' }) : json({ status: 'opening' }, 503, { 'Retry-After': '1' }),
  );
  app.get('/v1/models', ({ json }) => json({ object: 'list', data: modelNames(profileNames()).map(modelOf) }));
  app.get('/v1/models/:id', ({ json, req }) => {
    const id = req.param('id');
    if (!modelNames(profileNames()).includes(id)) throw unknownModel(id, profileNames());
    return json(modelOf(id));
  });
  app.post('/v1/audio/transcriptions', ({ env: { incoming }, req }) => transcribe(incoming, port, req.raw.signal));

  app.all('/health', onlyFor('GET'));
  app.all('/v1/models', onlyFor('GET'));
  app.all('/v1/models/:id', onlyFor('GET'));
  app.all('/v1/audio/transcriptions', onlyFor('POST'));
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
