// How a dictation writes into a sink that a client provides: every call goes over the client's connection.

import type { Connection } from '@voiceinput/client';
import { methods, sinkMethods } from '@voiceinput/client';
import type { Descriptor, Engine } from '@voiceinput/engine';
import { definePlugin, VoiceInputError } from '@voiceinput/plugin-api';
import type { Outcome, Plugin, SinkTarget } from '@voiceinput/plugin-api';

interface RemoteOptions {
  readonly callId: string;
}

export interface RemoteSinks {
  /** For the engine. */
  readonly plugins: readonly Descriptor<'sink'>[];
  /** Lets a client transcribe into sinks of its own. */
  serve(connection: Connection, engine: () => Engine): void;
}

/** Sinks that write over the connection of the client that asked for a transcription. */
export function createRemoteSinks(): RemoteSinks {
  const connections = new Map<string, Connection>();

  function connectionOf(callId: string): Connection {
    const connection = connections.get(callId);
    if (connection !== undefined) return connection;
    throw new VoiceInputError('ERR_OUTPUT_CLOSED', `The client of transcription ${callId} disconnected.`);
  }

  function remoteSink(id: string, partials: boolean): Plugin<'sink', RemoteOptions> {
    return definePlugin<'sink', RemoteOptions>({
      id,
      kind: 'sink',
      api: 1,
      title: 'A sink provided by the client',
      capabilities: { partials },
      config: {
        type: 'object',
        required: ['callId'],
        additionalProperties: false,
        properties: { callId: { type: 'string', minLength: 1 } },
      },
      async create({ callId }, _context, creating) {
        creating.throwIfAborted();
        const { 'sink/begin': begin, 'sink/apply': apply, 'sink/end': end } = sinkMethods;
        // What was asked cannot be called back: the client answers, or its connection ends.
        return {
          async begin(session, signal) {
            signal.throwIfAborted();
            const answer = await connectionOf(callId).request('sink/begin', { callId, session }, begin.result);
            // The compiler does not see that an optional field of the schema is one that is absent.
            return answer as SinkTarget;
          },
          async apply(edit, signal) {
            signal.throwIfAborted();
            return (await connectionOf(callId).request('sink/apply', { callId, edit }, apply.result)) as Outcome;
          },
          async end(result, signal) {
            signal.throwIfAborted();
            await connectionOf(callId).request('sink/end', { callId, result }, end.result);
          },
          close: async () => undefined,
        };
      },
    });
  }

  const [plain, live] = [remoteSink('sink-remote', false), remoteSink('sink-remote-live', true)];

  return {
    plugins: [plain, live].map((plugin) => ({ plugin, url: import.meta.url })),
    serve(connection, engine) {
      const aborts = new Map<string, AbortController>();
      const gone = new VoiceInputError('ERR_ABORTED', 'The client disconnected.');
      void connection.ended.then(() => aborts.forEach((control) => control.abort(gone)));

      connection.onRequest('transcribe', methods.transcribe.params, async ({ callId, label, source, partials }) => {
        if (connections.has(callId))
          throw new VoiceInputError('ERR_REQUEST_INVALID', `There is already a call ${callId}.`);
        const control = new AbortController();
        connections.set(callId, connection);
        aborts.set(callId, control);
        try {
          const sink = { use: partials ? live.id : plain.id, options: { callId } };
          const request = { label, source, sink, sessionId: callId };
          return { result: await engine().dictate(request, control.signal) };
        } finally {
          connections.delete(callId);
          aborts.delete(callId);
        }
      });
      connection.onRequest('transcribe/abort', methods['transcribe/abort'].params, async ({ callId }) => {
        aborts.get(callId)?.abort(new VoiceInputError('ERR_ABORTED', 'The client cancelled.'));
        return {};
      });
    },
  };
}
