// How requests of a client find who answers them: one function for each method, its parameters checked before.

import type { Connection, MethodName, Params, Result } from '@voiceinput/client';
import { methods } from '@voiceinput/client';

export type Handlers = {
  readonly [M in MethodName]?: (params: Params<M>, connection: Connection) => Promise<Result<M>>;
};

/** Answers requests of a client that is known from now on. */
export function answerRequests(connection: Connection, handlers: Handlers): void {
  for (const [name, handler] of Object.entries(handlers)) {
    // Each handler takes just what its own schema checked.
    const work = handler as (params: unknown, connection: Connection) => Promise<object>;
    connection.onRequest<unknown>(name, methods[name as MethodName].params, (params) => work(params, connection));
  }
}
