// What the page can ask for.

import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { Client } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { builtInSettings, loadSettings } from '../settings/settle.ts';
import { userConfigurationFile } from '../settings/folders.ts';
import { changeSettings } from './change.ts';
import type { Confirm } from './change.ts';
import { failureOf } from './failure.ts';
import { fieldsOf } from './fields.ts';
import { dictationsOf, recordingOf } from './history.ts';
import { microphones, testMicrophone } from './microphone.ts';
import type { ModelsOfPage } from './models.ts';
import type { NewsStand } from './news.ts';
import type { SettingsAnswer } from './page/shapes.ts';
import type { Presence } from './presence.ts';

const id = z.string().check(z.minLength(1), z.maxLength(100));
const change = z.strictObject({
  path: z.array(z.union([z.string(), z.int()])).check(z.minLength(1), z.maxLength(20)),
  value: z.optional(z.unknown()),
});
const changes = z.strictObject({ changes: z.array(change).check(z.minLength(1), z.maxLength(1_000)) });

export interface ApiPort {
  readonly confirm: Confirm;
  readonly news: NewsStand;
  readonly models: ModelsOfPage;
  /** Runs `work` with the daemon. Rejects with `ERR_DAEMON_MISSING` when none runs. */
  withDaemon<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Starts a daemon where none runs. */
  startDaemon(): Promise<void>;
  /** Whoever wants to pick a window has so long to go there. */
  readonly goMs: number;
  /** The application that has the focus. Absent when none has. */
  look(signal: AbortSignal): Promise<string | undefined>;
}

/** The routes of one page. */
export function createApi(port: ApiPort, presence: Presence): Hono {
  const api = new Hono();
  addSettings(api, port);
  addMachine(api, port, presence);
  addHistory(api, port);
  return api;
}

function addSettings(api: Hono, { confirm }: ApiPort): void {
  // One after the other: each is made from what the file says before.
  let changing: Promise<unknown> = Promise.resolve();
  api.get('/settings', async (context) => context.json(await settingsNow(context.req.raw.signal)));
  api.post('/settings', async (context) => {
    const asked = await bodyOf(context, changes);
    const { signal } = context.req.raw;
    const work = changing.then(() => changeSettings(asked, confirm, signal));
    changing = work.catch(() => undefined);
    const warning = await work;
    return context.json({ ...(warning !== undefined && { warning }), settings: await settingsNow(signal) });
  });
}

async function settingsNow(signal: AbortSignal): Promise<SettingsAnswer> {
  const file = userConfigurationFile();
  const builtIn = await builtInSettings(signal);
  try {
    const loaded = await loadSettings({ includeWorkingDirectory: false }, signal);
    return { file, fields: fieldsOf({ loaded, builtIn }) };
  } catch (error) {
    return { file, fields: fieldsOf({ loaded: builtIn, builtIn }), trouble: failureOf(error) };
  }
}

function addMachine(
  api: Hono,
  { news, models, look, goMs, startDaemon, withDaemon }: ApiPort,
  presence: Presence,
): void {
  const lines = { 'Content-Type': 'application/x-ndjson' };
  api.get('/news', (context) => context.body(news.stream(presence), 200, lines));
  api.get('/doors', async (context) => {
    const status = await withDaemon((client) => client.call('status', {})).catch(() => undefined);
    const { http, httpSocket, version } = status ?? {};
    return context.json({ running: status !== undefined, http: http?.url, httpSocket, version });
  });
  api.post('/daemon', async (context) => {
    await startDaemon();
    return context.json({});
  });
  api.get('/microphones', async (context) => context.json({ devices: await microphones(context.req.raw.signal) }));
  api.post('/microphones/test', async (context) =>
    context.body(await testMicrophone(context.req.raw.signal), 200, lines),
  );
  api.get('/models', async (context) => context.json({ models: await models.list(context.req.raw.signal) }));
  api.post('/models/pull', async (context) => {
    models.pull((await bodyOf(context, z.strictObject({ id }))).id);
    return context.json({}, 202);
  });
  api.post('/models/remove', async (context) => {
    const asked = await bodyOf(context, z.strictObject({ id }));
    return context.json({ removed: await models.remove(asked.id, context.req.raw.signal) });
  });
  api.post('/window', async (context) => {
    const { signal } = context.req.raw;
    await pause(goMs, undefined, { signal });
    return context.json({ app: await look(signal) });
  });
}

function addHistory(api: Hono, { withDaemon }: ApiPort): void {
  api.get('/history', (context) =>
    withDaemon(async (client) => {
      const { query, before } = context.req.query();
      return context.json({ dictations: await dictationsOf(client, { query, before }) });
    }),
  );
  api.get('/history/size', (context) =>
    withDaemon(async (client) => context.json(await client.call('history/size', {}))),
  );
  api.get('/history/recording', (context) =>
    withDaemon(async (client) => {
      const wave = await recordingOf(client, context.req.query('id') ?? '');
      return context.body(new Uint8Array(wave), 200, { 'Content-Type': 'audio/wav' });
    }),
  );
  api.post('/history/correct', async (context) => {
    const asked = await bodyOf(context, z.strictObject({ id, text: z.string().check(z.maxLength(100_000)) }));
    return withDaemon(async (client) => context.json(await client.call('history/correct', asked)));
  });
  api.post('/history/retry', async (context) => {
    const asked = await bodyOf(context, z.strictObject({ id, model: z.optional(id) }));
    return withDaemon(async (client) => context.json(await client.call('history/retry', asked)));
  });
  api.post('/history/remove', async (context) => {
    const asked = await bodyOf(context, z.strictObject({ id }));
    return withDaemon(async (client) => context.json(await client.call('history/remove', asked)));
  });
  api.post('/history/clear', async (context) => {
    const asked = await bodyOf(context, z.strictObject({ corrected: z.boolean() }));
    return withDaemon(async (client) => context.json(await client.call('history/clear', asked)));
  });
}

/** Rejects with `ERR_REQUEST_INVALID` for what is not of this form. */
async function bodyOf<T extends z.core.$ZodType>(context: Context, form: T): Promise<z.infer<T>> {
  const data: unknown = await context.req.json().catch(() => undefined);
  const read = z.safeParse(form, data);
  if (read.success) return read.data;
  throw new VoiceInputError(
    'ERR_REQUEST_INVALID',
    `The request is not of the form expected: ${z.prettifyError(read.error)}`,
  );
}
