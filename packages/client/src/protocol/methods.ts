// What a client can ask of the daemon, and the form of every request and answer.

import * as z from 'zod/mini';
import {
  choice,
  command,
  daemonEvent,
  device,
  finding,
  historyEntry,
  mode,
  model,
  outcome,
  recording,
  sinkBeginning,
  status,
  wish,
} from './entities.ts';

/** Raised when a client of the version before could misunderstand the daemon. */
export const PROTOCOL_VERSION = 1;

const nothing = z.strictObject({});
const done = z.object({});
const id = z.string().check(z.minLength(1), z.maxLength(100));

interface Method<P extends z.core.$ZodType, R extends z.core.$ZodType> {
  /** One sentence for the docs. */
  readonly does: string;
  readonly params: P;
  readonly result: R;
}

const method = <P extends z.core.$ZodType, R extends z.core.$ZodType>(
  does: string,
  params: P,
  result: R,
): Method<P, R> => ({
  does,
  params,
  result,
});

/** Requests of a client. `hello` comes first on every connection. */
export const methods = {
  hello: method(
    'Introduces the client. The daemon answers nothing else before.',
    z.strictObject({
      protocol: z.int(),
      token: z.string().check(z.maxLength(200)),
      client: z.string().check(z.maxLength(100)),
    }),
    z.object({ version: z.string(), pid: z.int() }),
  ),
  status: method('What the daemon is doing and with what.', nothing, status),
  start: method(
    'Begins to record. When a recording is under way, gives that one. A sink without `options` has those of the configuration.',
    z.strictObject({ mode: z.optional(mode), sink: z.optional(wish) }),
    recording,
  ),
  stop: method(
    'Ends the recording: what was said until now is transcribed. Gives its id, none when nothing was recorded.',
    nothing,
    z.object({ sessionId: z.optional(z.string()) }),
  ),
  toggle: method(
    'Ends the recording if there is one, else begins one.',
    z.strictObject({ sink: z.optional(wish) }),
    z.object({ recording: z.optional(recording), stopped: z.optional(z.string()) }),
  ),
  cancel: method(
    'Drops the recording, or else the newest dictation that is still being read: nothing of it is inserted.',
    nothing,
    z.object({ sessionId: z.optional(z.string()) }),
  ),
  undo: method(
    'Takes back what was dictated or pasted last, where it is still ours: first the draft returns, then all of it goes. `left`: what stands now, when anything was taken back.',
    z.strictObject({ sessionId: z.optional(id) }),
    z.object({
      sessionId: z.optional(z.string()),
      left: z.optional(z.enum(['draft', 'nothing'])),
      edits: z.array(outcome),
    }),
  ),
  paste: method(
    'Inserts a text of the history where the focus is. Without an ID the newest that words were said in; refused when they were not kept.',
    z.strictObject({ id: z.optional(id), stage: z.optional(z.enum(['draft', 'refined'])) }),
    z.object({ sessionId: z.string(), edit: outcome }),
  ),
  set: method(
    'Changes what the next dictations use, until the daemon ends. A microphone that is not listed is refused.',
    z.strictObject({ hybrid: z.optional(z.boolean()), profile: z.optional(id), source: z.optional(choice) }),
    status,
  ),
  result: method(
    'Waits for a dictation to be over, the better reading included, and gives its entry.',
    z.strictObject({ sessionId: id }),
    historyEntry,
  ),
  watch: method(
    'Pushes every later event as a notification `event`. With `after`, those that came since that number too.',
    z.strictObject({ text: z.optional(z.boolean()), after: z.optional(z.int()) }),
    z.object({ seq: z.int() }),
  ),
  'history/list': method(
    'Dictations, newest first. `query`: words that draft or text contain.',
    z.strictObject({
      limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
      before: z.optional(id),
      query: z.optional(z.string().check(z.maxLength(1000))),
    }),
    z.object({ entries: z.array(historyEntry) }),
  ),
  'history/retry': method(
    'Reads a kept recording once more, with another profile if one is named. Gives the new entry.',
    z.strictObject({ id, profile: z.optional(id) }),
    historyEntry,
  ),
  'history/copy': method(
    'Puts a text on the clipboard.',
    z.strictObject({ id, stage: z.optional(z.enum(['draft', 'refined'])) }),
    done,
  ),
  'history/remove': method('Forgets a dictation and its recording.', z.strictObject({ id }), done),
  microphones: method('What the source could listen to.', nothing, z.object({ devices: z.array(device) })),
  'models/list': method('The models that there are.', nothing, z.object({ models: z.array(model) })),
  'models/pull': method(
    'Fetches a model; events `model` tell how far it is. Answers when it is there.',
    z.strictObject({ id }),
    done,
  ),
  'commands/list': method('What plugins offer to do.', nothing, z.object({ commands: z.array(command) })),
  'commands/run': method(
    'Lets a plugin do what it offers. `text`: what it has to say.',
    z.strictObject({ plugin: id, id, arguments: z.optional(z.record(z.string(), z.unknown())) }),
    z.object({ text: z.optional(z.string()) }),
  ),
  doctor: method('Examines this machine.', nothing, z.object({ findings: z.array(finding) })),
  transcribe: method(
    'Dictates a file into a sink that the client provides: `sink/begin`, `sink/apply` and `sink/end` are asked of it. A session’s result comes with `sink/end`.',
    z.strictObject({
      callId: id,
      label: z.string().check(z.maxLength(10_000)),
      source: choice,
      partials: z.boolean(),
    }),
    z.object({ result: z.unknown() }),
  ),
  'transcribe/abort': method(
    'Ends a transcription; what was recognised until then is in its result.',
    z.strictObject({ callId: id }),
    done,
  ),
  quit: method('Ends the daemon.', nothing, done),
} as const;

/** Whether the answer to a method may come late: it waits for speech, a download, a plugin, an application or a device. */
export function takesTime(method: MethodName): boolean {
  return slow.has(method);
}

const slow: ReadonlySet<MethodName> = new Set([
  'undo',
  'paste',
  'set',
  'result',
  'history/retry',
  'history/copy',
  'microphones',
  'models/list',
  'models/pull',
  'commands/run',
  'doctor',
  'transcribe',
] satisfies MethodName[]);

/** Requests of the daemon, for a sink that the client provides. */
export const sinkMethods = {
  'sink/begin': method(
    'A dictation begins.',
    z.object({ callId: id, session: z.looseObject({ sessionId: z.string() }) }),
    sinkBeginning,
  ),
  'sink/apply': method('An edit.', z.object({ callId: id, edit: z.looseObject({ sessionId: z.string() }) }), outcome),
  'sink/end': method('A dictation is over.', z.object({ callId: id, result: z.looseObject({}) }), done),
} as const;

/** What the daemon pushes after `watch`. */
export const notifications = {
  event: { does: 'Something happened.', params: daemonEvent },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.infer<Methods[M]['params']>;
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>;
export type DaemonEvent = z.infer<typeof daemonEvent>;
