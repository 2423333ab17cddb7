// What plays the daemon for the tests of its clients: without an engine, it notes every request and says what it is told to say.

import { createServer } from 'node:net';
import { methods, openConnection, writeDaemonInfo } from '@voiceinput/client';
import type { DaemonEvent, MethodName, Params, Connection } from '@voiceinput/client';
import { idleStatus } from './status.ts';

export { idleStatus } from './status.ts';

/** By method: the answer, or what makes it from the request. A method that is not listed is never answered. */
export type Answers = {
  readonly [M in MethodName]?: object | ((params: Params<M>) => object | Promise<object>);
};

export interface NotedRequest {
  readonly method: MethodName;
  readonly params: unknown;
}

export interface ScriptedDaemon {
  /** All requests, in order. */
  readonly asked: readonly NotedRequest[];
  /** The number of the newest event. */
  readonly seq: number;
  /** Settles when it was asked for this method. */
  heard(method: MethodName): Promise<void>;
  /** Tells an event to every client that watches; it gets its number and time. */
  tell(event: { readonly type: string; readonly [key: string]: unknown }): void;
  /** Ends the connections and goes on listening. */
  hangUp(): void;
  /** Ends as a crash would. */
  close(): Promise<void>;
}

export interface DaemonOptions {
  /** Where its card is written, as the daemon of this user would. */
  readonly folder: string;
  /** `hello`, `status` (idle) and `watch` have answers of their own. */
  readonly answers?: Answers;
  /** What starts it anew, as its card says. */
  readonly command?: readonly string[];
}

/** More than any system numbers its processes: whoever waits for this one's end has it. */
const NO_PROCESS = 2 ** 22 + 1;

/** An answer that never comes. */
export const unanswered = (): Promise<never> => new Promise(() => undefined);

/** Listens where the daemon of `folder` would. */
export async function playDaemon({ folder, answers = {}, command = [] }: DaemonOptions): Promise<ScriptedDaemon> {
  const { socket: path } = await writeDaemonInfo(folder, command);
  const asked: NotedRequest[] = [];
  const listeners = new Set<(method: MethodName) => void>();
  const connections = new Set<Connection>();
  const watching = new Set<Connection>();
  const told: DaemonEvent[] = [];

  function watchFrom(connection: Connection, after = told.length): object {
    watching.add(connection);
    for (const event of told.slice(after)) connection.notify('event', event);
    return { seq: told.length };
  }
  const server = createServer((socket) => {
    const connection = openConnection(socket);
    connections.add(connection);
    void connection.ended.then(() => (watching.delete(connection), connections.delete(connection)));
    const all: Answers = {
      hello: { version: '0.1.0', pid: NO_PROCESS },
      status: () => ({ ...idleStatus, seq: told.length }),
      watch: ({ after }: Params<'watch'>) => watchFrom(connection, after),
      ...answers,
    };
    for (const method of Object.keys(methods) as MethodName[])
      connection.onRequest<unknown>(method, methods[method].params, async (params) => {
        asked.push({ method, params });
        for (const hear of listeners) hear(method);
        const answer = all[method] ?? unanswered;
        return typeof answer === 'function' ? answer(params as never) : answer;
      });
    connection.begin();
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));

  const hangUp = (): void => connections.forEach((connection) => connection.close());
  let closing: Promise<void> | undefined;
  return {
    asked,
    get seq() {
      return told.length;
    },
    heard: (method) =>
      new Promise((resolve) => {
        if (asked.some((request) => request.method === method)) return resolve();
        listeners.add((name) => name === method && resolve());
      }),
    tell(event) {
      const whole = { ...event, seq: told.length + 1, at: new Date().toISOString() };
      told.push(whole);
      for (const connection of watching) connection.notify('event', whole);
    },
    hangUp,
    close: () =>
      (closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        hangUp();
      })),
  };
}
