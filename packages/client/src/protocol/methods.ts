// What a client can ask of the daemon, and the form of every request and answer.

import * as z from 'zod/mini';
import {
  choice,
  command,
  daemonEvent,
  device,
  focusedPlace,
  finding,
  historyEntry,
  keptSize,
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
    'Introduces the client. It must be the first request.',
    z.strictObject({
      protocol: z.int(),
      token: z.string().check(z.maxLength(200)),
      client: z.string().check(z.maxLength(100)),
    }),
    z.object({ version: z.string(), pid: z.int() }),
  ),
  status: method('Returns what the daemon is doing, and its settings.', nothing, status),
  start: method(
    'Starts recording, or returns the recording in progress. A sink without `options` uses those from the configuration; `profile` is for this dictation.',
    z.strictObject({ mode: z.optional(mode), sink: z.optional(wish), profile: z.optional(z.string()) }),
    recording,
  ),
  stop: method(
    'Stops recording and transcribes what was said. Returns its ID, or none when nothing was being recorded.',
    nothing,
    z.object({ sessionId: z.optional(z.string()) }),
  ),
  toggle: method(
    'Stops recording if one is in progress, else starts one.',
    z.strictObject({ sink: z.optional(wish), profile: z.optional(z.string()) }),
    z.object({ recording: z.optional(recording), stopped: z.optional(z.string()) }),
  ),
  cancel: method(
    'Cancels the recording, else the newest dictation that is still being transcribed. Nothing of it is inserted.',
    nothing,
    z.object({ sessionId: z.optional(z.string()) }),
  ),
  undo: method(
    'Undoes the last dictation or paste where the user has not changed it, one step a call: a polished text becomes the refined one again, that one the draft, then the text is removed. `left`: what remains, when anything was undone.',
    z.strictObject({ sessionId: z.optional(id) }),
    z.object({
      sessionId: z.optional(z.string()),
      left: z.optional(z.enum(['refined', 'draft', 'nothing'])),
      edits: z.array(outcome),
    }),
  ),
  paste: method(
    'Puts the refined text in place of its draft, where that stands unchanged and the window has the focus. Inserts it at the cursor when no draft stands. Where it stands and cannot be replaced, nothing is inserted (`wouldCopy`), unless `copy` is set: then the text is inserted at the cursor in any case, as a draft always is. Without an ID: the newest dictation with text; an error when its text was not saved.',
    z.strictObject({
      id: z.optional(id),
      stage: z.optional(z.enum(['draft', 'refined'])),
      copy: z.optional(z.boolean()),
    }),
    z.object({ sessionId: z.string(), edit: outcome, wouldCopy: z.optional(z.boolean()) }),
  ),
  set: method(
    'Changes settings for the next dictations until the daemon stops. An unknown microphone is an error.',
    z.strictObject({ hybrid: z.optional(z.boolean()), profile: z.optional(id), source: z.optional(choice) }),
    status,
  ),
  'settings/begin': method(
    "Writes a first configuration file for the user where there is none, or an empty one. Returns the file's path.",
    nothing,
    z.object({ file: z.string() }),
  ),
  result: method(
    'Waits until a dictation has finished, including refinement, and returns its entry.',
    z.strictObject({ sessionId: id }),
    historyEntry,
  ),
  watch: method(
    'Sends every later event as a notification `event`. With `after`, also those after that number.',
    z.strictObject({ text: z.optional(z.boolean()), after: z.optional(z.int()) }),
    z.object({ seq: z.int() }),
  ),
  'history/list': method(
    'Returns dictations, newest first; one that is being transcribed is among them from its draft on (`reading`). `query`: words that the draft, the text or the correction contains. `corrected`: only those with a correction.',
    z.strictObject({
      limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
      before: z.optional(id),
      query: z.optional(z.string().check(z.maxLength(1000))),
      corrected: z.optional(z.boolean()),
    }),
    z.object({ entries: z.array(historyEntry) }),
  ),
  'history/retry': method(
    'Transcribes a saved recording again, optionally with another profile, or once with one model. Returns the new entry.',
    z.strictObject({ id, profile: z.optional(id), model: z.optional(id) }),
    historyEntry,
  ),
  'history/copy': method(
    'Copies a text to the clipboard.',
    z.strictObject({ id, stage: z.optional(z.enum(['draft', 'refined'])) }),
    done,
  ),
  'history/correct': method(
    'Keeps what a dictation should have been beside its draft and text; an empty text takes that away. Returns the entry.',
    z.strictObject({ id, text: z.string().check(z.maxLength(100_000)) }),
    historyEntry,
  ),
  'history/recording': method(
    'Returns where the recording of a dictation is: 16,000 Hz, mono, signed 16-bit, little-endian.',
    z.strictObject({ id }),
    z.object({ id: z.string(), path: z.string() }),
  ),
  'history/size': method(
    'Returns how many dictations are kept and how large their recordings are; `corrected`: those with a correction.',
    nothing,
    z.object({ all: keptSize, corrected: keptSize }),
  ),
  'history/clear': method(
    'Deletes all dictations and their recordings, or all that have a correction. `removed`: how many.',
    z.strictObject({ corrected: z.optional(z.boolean()) }),
    z.object({ removed: z.int(), damagedCopies: z.int() }),
  ),
  'history/remove': method(
    'Deletes a dictation and its recording. Copies of a damaged history may hold its text and are deleted too; `damagedCopies`: how many.',
    z.strictObject({ id }),
    z.object({ damagedCopies: z.int() }),
  ),
  microphones: method('Lists the microphones.', nothing, z.object({ devices: z.array(device) })),
  'models/list': method('Lists the models.', nothing, z.object({ models: z.array(model) })),
  'models/pull': method(
    'Downloads a model; `model` events report progress. Answers when it is complete.',
    z.strictObject({ id }),
    done,
  ),
  'commands/list': method('Lists the commands of plugins.', nothing, z.object({ commands: z.array(command) })),
  'commands/run': method(
    'Runs a plugin command. `text`: its output.',
    z.strictObject({ plugin: id, id, arguments: z.optional(z.record(z.string(), z.unknown())) }),
    z.object({ text: z.optional(z.string()) }),
  ),
  look: method(
    'Says how far a better text goes in the window that has the focus, and why. Without `place` no window has it, or the sink does not say.',
    nothing,
    z.object({ place: z.optional(focusedPlace) }),
  ),
  doctor: method('Checks this machine.', nothing, z.object({ findings: z.array(finding) })),
  transcribe: method(
    'Transcribes a file into a sink provided by the client, which is sent `sink/begin`, `sink/apply` and `sink/end`. The result also comes with `sink/end`.',
    z.strictObject({
      callId: id,
      label: z.string().check(z.maxLength(10_000)),
      source: choice,
      partials: z.boolean(),
    }),
    z.object({ result: z.unknown() }),
  ),
  'transcribe/abort': method(
    'Cancels a transcription; its result holds what was recognised so far.',
    z.strictObject({ callId: id }),
    done,
  ),
  quit: method('Stops the daemon.', nothing, done),
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
  'history/clear',
  'microphones',
  'models/list',
  'models/pull',
  'commands/run',
  'look',
  'doctor',
  'transcribe',
] satisfies MethodName[]);

/** Requests of the daemon, for a sink that the client provides. */
export const sinkMethods = {
  'sink/begin': method(
    'A dictation starts.',
    z.object({ callId: id, session: z.looseObject({ sessionId: z.string() }) }),
    sinkBeginning,
  ),
  'sink/apply': method(
    'An edit to the text.',
    z.object({ callId: id, edit: z.looseObject({ sessionId: z.string() }) }),
    outcome,
  ),
  'sink/end': method('A dictation has finished.', z.object({ callId: id, result: z.looseObject({}) }), done),
} as const;

/** What the daemon pushes after `watch`. */
export const notifications = {
  event: { does: 'An event.', params: daemonEvent },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.infer<Methods[M]['params']>;
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>;
export type DaemonEvent = z.infer<typeof daemonEvent>;
