// How a dictation writes into a sink that a client provides: every call goes over the client's connection.

import type { Talk } from '@voiceinput/client';
import type { sinkMethods } from '@voiceinput/client';
import { methods } from '@voiceinput/client';
import type { Descriptor, Engine } from '@voiceinput/engine';
import { definePlugin, VoiceInputError } from '@voiceinput/plugin-api';
import type { Outcome, Plugin, SinkBeginning } from '@voiceinput/plugin-api';

interface RemoteOptions {
  readonly callId: string;
}

export interface RemoteSinks {
  /** For the engine. */
  readonly plugins: readonly Descriptor<'sink'>[];
  /** Lets a client transcribe into sinks of its own. */
  serve(talk: Talk, engine: () => Engine): void;
}

export function createRemoteSinks(): RemoteSinks {
  const talks = new Map<string, Talk>();

  function talkOf(callId: string): Talk {
    const talk = talks.get(callId);
    if (talk !== undefined) return talk;
    throw new VoiceInputError('ERR_OUTPUT_CLOSED', `The client of transcription ${callId} went away.`);
  }

  function remoteSink(id: string, partials: boolean): Plugin<'sink', RemoteOptions> {
    return definePlugin<'sink', RemoteOptions>({
      id,
      kind: 'sink',
      api: 1,
      title: 'A sink of the client that asked',
      capabilities: { partials },
      config: {
        type: 'object',
        required: ['callId'],
        additionalProperties: false,
        properties: { callId: { type: 'string', minLength: 1 } },
      },
      async create({ callId }) {
        const ask = (method: keyof typeof sinkMethods, params: object): Promise<unknown> =>
          talkOf(callId).ask(method, { callId, ...params });
        return {
          begin: async (session) => (await ask('sink/begin', { session })) as SinkBeginning,
          apply: async (edit) => (await ask('sink/apply', { edit })) as Outcome,
          end: async (result) => void (await ask('sink/end', { result })),
          close: async () => undefined,
        };
      },
    });
  }

  const [plain, live] = [remoteSink('sink-remote', false), remoteSink('sink-remote-live', true)];

  return {
    plugins: [plain, live].map((plugin) => ({ plugin, url: import.meta.url })),
    serve(talk, engine) {
      const aborts = new Map<string, AbortController>();
      const gone = new VoiceInputError('ERR_ABORTED', 'The client went away.');
      void talk.ended.then(() => aborts.forEach((control) => control.abort(gone)));

      talk.answer('transcribe', methods.transcribe.params, async ({ callId, label, source, partials }) => {
        if (talks.has(callId)) throw new VoiceInputError('ERR_REQUEST_INVALID', `There is a call ${callId} already.`);
        const control = new AbortController();
        talks.set(callId, talk);
        aborts.set(callId, control);
        try {
          const sink = { use: partials ? live.id : plain.id, options: { callId } };
          const request = { label, source, sink, sessionId: callId };
          return { result: await engine().dictate(request, control.signal) };
        } finally {
          talks.delete(callId);
          aborts.delete(callId);
        }
      });
      talk.answer('transcribe/abort', methods['transcribe/abort'].params, async ({ callId }) => {
        aborts.get(callId)?.abort(new VoiceInputError('ERR_ABORTED', 'The client called it off.'));
        return {};
      });
    },
  };
}
