// What a lane's process does: opens one runner, runs one clip at a time, ends with its parent.

import type { ErrorReport, LocatedModel, PluginContext, Runner } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { importPlugin } from '../admit/import.ts';
import { partFrom } from './answers.ts';
import { asPluginError } from './call.ts';
import { giveWay } from './priority.ts';
import { createStreams } from './streams.ts';
import type { Streams } from './streams.ts';
import type { FromLane, RunnerSpec, RunRequest, ToLane } from './wire.ts';

let runner: Runner | undefined;
let streams: Streams | undefined;
let pluginId = 'runner';
const running = new Map<number, AbortController>();
const locating = new Map<number, { resolve(model: LocatedModel): void; reject(error: Error): void }>();
const ending = new AbortController();
let locateCalls = 0;

// The parent decides what Ctrl-C means; the terminal sends it to the whole group.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToLane) => void answer(message));

async function answer(message: ToLane): Promise<void> {
  switch (message.type) {
    case 'open':
      return open(message.spec);
    case 'run':
      return run(message.callId, message);
    case 'end-stream':
      return endStream(message.streamId);
    case 'abort':
      return running.get(message.callId)?.abort(new VoiceInputError('ERR_ABORTED', 'The run was called off.'));
    case 'located':
      return locating.get(message.callId)?.resolve(message.model);
    case 'not-located':
      return locating.get(message.callId)?.reject(VoiceInputError.fromReport(message.error));
    case 'close':
      return close();
  }
}

async function open(spec: RunnerSpec): Promise<void> {
  pluginId = spec.pluginId;
  try {
    if (spec.lowPriority) giveWay();
    const plugin = await importPlugin(spec.url);
    if (plugin.kind !== 'runner') throw new VoiceInputError('ERR_PLUGIN_MANIFEST', `${pluginId} is not a runner.`);
    runner = partFrom(await plugin.create(spec.options as never, context, ending.signal), 'runner');
    streams = createStreams(runner);
    tell({ type: 'opened', model: runner.model });
  } catch (error) {
    tell({ type: 'not-opened', error: reportOf(error, 'create') });
  }
}

async function run(callId: number, { clip, hint, streamId }: RunRequest): Promise<void> {
  const control = new AbortController();
  running.set(callId, control);
  try {
    if (runner === undefined || streams === undefined)
      throw new VoiceInputError('ERR_INTERNAL', 'A clip came before the runner was open.');
    const reading =
      streamId === undefined
        ? runner.run(clip, hint, control.signal)
        : streams.read({ streamId, clip, hint }, control.signal);
    tell({ type: 'done', callId, transcript: await reading });
  } catch (error) {
    tell({ type: 'fault', callId, error: reportOf(error, 'run') });
  } finally {
    running.delete(callId);
  }
}

async function endStream(streamId: string): Promise<void> {
  try {
    await streams?.end(streamId);
  } catch (error) {
    tell({ type: 'log', message: `A stream did not close: ${reportOf(error, 'close').message}` });
  }
}

const context: PluginContext = {
  get pluginId() {
    return pluginId;
  },
  models: { locate },
  async prepare(work) {
    tell({ type: 'preparing' });
    try {
      return await work();
    } finally {
      tell({ type: 'prepared' });
    }
  },
  log: (message) => tell({ type: 'log', message }),
  // A run that cannot be trusted fails: nobody is told of more.
  warn: ({ message }) => tell({ type: 'log', message }),
};

/** Asks the parent: one process fetches models and shows how far it is. */
function locate(modelId: string, signal: AbortSignal): Promise<LocatedModel> {
  const callId = (locateCalls += 1);
  return new Promise<LocatedModel>((resolve, reject) => {
    locating.set(callId, { resolve, reject });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    tell({ type: 'locate', callId, modelId });
  }).finally(() => locating.delete(callId));
}

async function close(): Promise<void> {
  ending.abort(new VoiceInputError('ERR_ABORTED', 'The lane is closing.'));
  for (const control of running.values()) control.abort(ending.signal.reason);
  await streams?.close().catch(() => undefined);
  await runner?.close();
  process.disconnect();
}

function reportOf(error: unknown, method: string): ErrorReport {
  return asPluginError(error, pluginId, method).toJSON();
}

function tell(message: FromLane): void {
  if (process.connected) process.send?.(message);
}
