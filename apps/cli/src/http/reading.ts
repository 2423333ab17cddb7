// How an uploaded file becomes a dictation of the engine: heard only while nobody dictates, its drafts told as they come.

import { randomUUID } from 'node:crypto';
import type { Descriptor, Engine } from '@voiceinput/engine';
import type { Edit, Plugin, SessionResult } from '@voiceinput/plugin-api';
import { definePlugin, VoiceInputError } from '@voiceinput/plugin-api';
import sourceFile from '@voiceinput/source-file';

export interface ReadRequest {
  readonly path: string;
  readonly label: string;
  /** Likely ones, for models that take such a hint. */
  readonly words: readonly string[];
  /** Told what the draft goes on with. */
  drafted(words: string): void;
  /** Settles when nobody dictates, and on abort. */
  quiet(signal: AbortSignal): Promise<void>;
}

export interface Reading {
  /** For every engine that is to read. */
  readonly plugins: readonly Descriptor[];
  /**
   * Rejects with the signal's reason on abort and with what the session failed with. Audio that was heard before a flaw in
   * it is no failure: the flaw is the result's `error`.
   */
  read(engine: Engine, request: ReadRequest, signal: AbortSignal): Promise<SessionResult>;
}

interface CallOptions {
  readonly callId: string;
}

const config = {
  type: 'object',
  required: ['callId'],
  additionalProperties: false,
  properties: { callId: { type: 'string', minLength: 1 } },
};

export function createReading(): Reading {
  const calls = new Map<string, ReadRequest>();

  function callOf({ callId }: CallOptions): ReadRequest {
    const call = calls.get(callId);
    if (call !== undefined) return call;
    throw new VoiceInputError('ERR_INTERNAL', `There is no HTTP request ${callId}.`);
  }

  const source: Plugin<'source', CallOptions> = definePlugin<'source', CallOptions>({
    id: 'source-upload',
    kind: 'source',
    api: 1,
    title: 'An uploaded file, read while nobody dictates',
    capabilities: {},
    config,
    async create(options, context, signal) {
      const { path, quiet } = callOf(options);
      const file = await sourceFile.create({ path }, context, signal);
      return {
        realtime: false,
        async *frames(signal) {
          for await (const frame of file.frames(signal)) {
            await quiet(signal);
            if (signal.aborted) return;
            yield frame;
          }
        },
        close: () => file.close(),
      };
    },
  });

  const sink = answeringSink(callOf);

  return {
    plugins: [source, sink].map((plugin) => ({ plugin, url: import.meta.url })),
    async read(engine, call, signal) {
      signal.throwIfAborted();
      const sessionId = randomUUID();
      const options = { callId: sessionId };
      calls.set(sessionId, call);
      try {
        const request = {
          sessionId,
          label: call.label,
          source: { use: source.id, options },
          sink: { use: sink.id, options },
          background: true,
        };
        const result = await engine.dictate(request, signal);
        signal.throwIfAborted();
        return heardOf(result, call);
      } finally {
        calls.delete(sessionId);
      }
    },
  };
}

/** Tells each request the draft of its own file. */
function answeringSink(callOf: (options: CallOptions) => ReadRequest): Plugin<'sink', CallOptions> {
  return definePlugin<'sink', CallOptions>({
    id: 'sink-http',
    kind: 'sink',
    api: 1,
    title: 'The answer to an HTTP request',
    capabilities: { partials: false },
    config,
    async create(options, _context, creating) {
      creating.throwIfAborted();
      const { drafted, words } = callOf(options);
      return {
        async begin(_session, signal) {
          signal.throwIfAborted();
          return { words };
        },
        async apply(edit, signal) {
          signal.throwIfAborted();
          if (edit.cause === 'draft') drafted(insertedBy(edit));
          return { kind: 'applied', proof: 'unverified' };
        },
        async end(_result, signal) {
          signal.throwIfAborted();
        },
        close: async () => undefined,
      };
    },
  });
}

function heardOf(result: SessionResult, call: ReadRequest): SessionResult {
  if (result.error === undefined) return result;
  const error = asNamed(result.error, call);
  if (result.text === '' || !error.code.startsWith('ERR_AUDIO_')) throw error;
  return { ...result, error };
}

/** The client knows the file by another name. */
function asNamed({ code, message, hint }: VoiceInputError, { path, label }: ReadRequest): VoiceInputError {
  return new VoiceInputError(code, message.replaceAll(path, label), { hint });
}

/** A draft comes at the end of what stands, in the order of speaking. */
const insertedBy = ({ changes }: Edit): string => changes.map(({ insert }) => insert).join('');
