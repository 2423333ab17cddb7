// How tests run the HTTP server without a daemon: what it reads is said by a script.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { SessionResult } from '@voiceinput/plugin-api';
import { dictation } from '@voiceinput/testkit';
import { standardLimits } from '../../src/http/limits.ts';
import type { Limits } from '../../src/http/limits.ts';
import { createSlots } from '../../src/http/slots.ts';
import type { Slots } from '../../src/http/slots.ts';
import { Refusal } from '../../src/http/refusal.ts';
import type { RoutesPort } from '../../src/http/routes.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createToken } from '../../src/http/token.ts';

export interface Served {
  readonly url: string;
  readonly port: number;
  /** Where no token is needed. */
  readonly socket: string;
  connections(): Promise<number>;
  listenAtPort(port: number): Promise<number>;
  readonly token: string;
  readonly tokenFile: string;
  readonly slots: Slots;
  /** What lies there that was uploaded. */
  uploads(): string[];
  /** As a daemon does that quits. */
  quit(): void;
  close(): Promise<void>;
}

export interface ServedOptions {
  readonly limits?: Partial<Limits>;
  readonly isReady?: () => boolean;
  /** Reads an upload. Default: at once, two segments that were drafted and then read better. */
  readonly read?: RoutesPort['read'];
  readonly choose?: RoutesPort['choose'];
}

const open = new Set<Served>();
afterEach(async () => {
  for (const served of open) await served.close();
});

export async function serve({ limits: changes = {}, read, choose, isReady }: ServedOptions = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-http-'));
  const limits = { ...standardLimits, ...changes };
  const token = createToken(folder);
  const slots = createSlots(limits.slots, limits.retryAfterSeconds);
  const closing = new AbortController();
  const quit = (): void => closing.abort(new Refusal('ERR_DAEMON_LOST', 'The daemon ends.', { status: 503 }));
  const server = createHttpServer({
    limits,
    slots,
    token,
    runtimeFolder: folder,
    closing: closing.signal,
    startedAt: new Date(0),
    isReady: isReady ?? (() => true),
    profileNames: () => ['default', 'quick'],
    choose: choose ?? (() => ({ language: 'en' })),
    read: read ?? readTwoSegments,
  });
  const port = await server.listenAtPort(0);
  const socket = join(folder, 'http.sock');
  await server.listenAtSocket(socket);
  await token.write();
  const served: Served = {
    url: `http://127.0.0.1:${port}`,
    port,
    socket,
    connections: server.connections,
    listenAtPort: server.listenAtPort,
    token: token.token,
    tokenFile: token.file,
    slots,
    uploads: () => (existsSync(join(folder, 'uploads')) ? readdirSync(join(folder, 'uploads')) : []),
    quit,
    async close() {
      open.delete(served);
      quit();
      await server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  open.add(served);
  return served;
}

const readTwoSegments: RoutesPort['read'] = async (_choice, { label, drafted }) => {
  drafted('the cat');
  drafted(' sat');
  return heard(label);
};

/** A result of two seconds. */
export function heard(label = 'a.wav'): SessionResult {
  const spoken = dictation({ label });
  const say = (id: string, stage: 'draft' | 'refined', text: string): void => {
    spoken.edit(id, stage, text);
    spoken.settle({ kind: 'applied', proof: 'unverified' });
  };
  say('segment-1', 'draft', 'the cat');
  say('segment-2', 'draft', 'sat');
  say('segment-1', 'refined', 'The cat');
  say('segment-2', 'refined', 'sat.');
  return spoken.result();
}

/** Asks with the token; `body` makes it a POST. */
export function ask(served: Served, path: string, request: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${served.token}`, ...(request.headers as Record<string, string>) };
  return fetch(`${served.url}${path}`, { ...request, headers });
}

/** A form with a file; an `undefined` field is left out. */
export function formOf(fields: Readonly<Record<string, string>> = {}, bytes: number | null = 100): FormData {
  const form = new FormData();
  if (bytes !== null) form.set('file', new Blob([new Uint8Array(bytes)]), 'a.wav');
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

export const transcribe = (
  served: Served,
  body: FormData | Buffer = formOf(),
  request: RequestInit = {},
): Promise<Response> => ask(served, '/v1/audio/transcriptions', { method: 'POST', body, ...request });

/** What a refusal must look like. */
export const refusal = (type: string, code: string, param: string | null = null) => ({
  error: { message: expect.any(String), type, param, code },
});
