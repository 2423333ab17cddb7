// How the engine reaches a runner in a process of its own, and what its death means to those who wait for it.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Clip, Hint, ModelStore, Transcript } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { NO_TELEMETRY } from '../admit/telemetry.ts';
import { callPlugin } from './call.ts';
import { CREATE_DEADLINE_MS } from './create.ts';
import type { Deadline } from './deadline.ts';
import type { FromLane, RunnerSpec, ToLane } from './wire.ts';

const CLOSE_DEADLINE_MS = 1_000;
/** A runner that goes on for longer after an abort would make the next clip wait: its process ends. */
const ABORT_DEADLINE_MS = 1_000;
const STDERR_KEPT_CHARACTERS = 2_000;
/**
 * glibc learns from large buffers to keep them, and a runner frees many after each clip: with fixed thresholds they go
 * back to the system at once (mallopt(3)). It saves a fifth of a lane's memory and costs no time that can be measured.
 */
const GIVE_MEMORY_BACK = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** A runner behind a process border. */
export interface HostedRunner {
  readonly pid: number;
  readonly model: string;
  /** Whether the process still runs. */
  readonly alive: boolean;
  /** Rejects with `ERR_LANE_DIED` when the process ends meanwhile; on abort with the signal's reason, at once. */
  run(clip: Clip, hint: Hint, signal: AbortSignal): Promise<Transcript>;
  /** Settles with the reason when the process has ended, however that came. */
  readonly died: Promise<VoiceInputError>;
  /** Ends the process without asking it. */
  kill(): void;
  /** Asks the runner to close, then ends the process. */
  close(): Promise<void>;
}

export interface HostOptions {
  readonly spec: RunnerSpec;
  readonly models: ModelStore;
  log(message: string): void;
}

/** Forks a process and opens the runner in it. Rejects with what `create` threw; on abort or when it hangs the process is killed. */
export function hostRunner(options: HostOptions, signal: AbortSignal): Promise<HostedRunner> {
  const call = { pluginId: options.spec.pluginId, method: 'create', deadlineMs: CREATE_DEADLINE_MS, signal };
  return callPlugin(call, (callSignal, deadline) => openRunner(options, deadline, callSignal));
}

async function openRunner(
  { spec, models, log }: HostOptions,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<HostedRunner> {
  const child = fork(new URL('./lane-process.js', import.meta.url), [], {
    env: { ...GIVE_MEMORY_BACK, ...process.env, ...NO_TELEMETRY },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, { resolve(transcript: Transcript): void; reject(error: unknown): void }>();
  const lingering = new Map<number, NodeJS.Timeout>();
  const locating = new AbortController();
  let calls = 0;
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-STDERR_KEPT_CHARACTERS);
  });

  const died = new Promise<VoiceInputError>((resolve) => {
    const end = (how: string): void => {
      const reason = deathOf(spec.pluginId, how, lastWords);
      locating.abort(reason);
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
      for (const timer of lingering.values()) clearTimeout(timer);
      resolve(reason);
    };
    child.once('exit', (code, killer) => end(killer === null ? `with exit code ${code}` : `by ${killer}`));
    child.once('error', (error) => end(`with: ${error.message}`));
  });

  const opened = new Promise<string>((resolve, reject) => {
    void died.then(reject);
    child.on('message', (message: FromLane) => {
      switch (message.type) {
        case 'opened':
          return resolve(message.model);
        case 'not-opened':
          return reject(VoiceInputError.fromReport(message.error));
        case 'locate':
          return void locate({ child, models, deadline }, message, locating.signal);
        case 'log':
          return log(message.message);
        case 'done':
          letGo(message.callId);
          return waiting.get(message.callId)?.resolve(message.transcript);
        case 'fault':
          letGo(message.callId);
          return waiting.get(message.callId)?.reject(VoiceInputError.fromReport(message.error));
      }
    });
  });

  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    tell(child, { type: 'open', spec });
    const model = await opened;
    return {
      pid: child.pid!,
      model,
      get alive() {
        return isAlive(child);
      },
      run,
      died,
      kill,
      close,
    };
  } catch (error) {
    kill();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', kill);
  }

  async function run(clip: Clip, hint: Hint, runSignal: AbortSignal): Promise<Transcript> {
    runSignal.throwIfAborted();
    if (!isAlive(child)) throw await died;
    const callId = (calls += 1);
    const abort = (): void => {
      tell(child, { type: 'abort', callId });
      lingering.set(callId, setTimeout(kill, ABORT_DEADLINE_MS));
      waiting.get(callId)?.reject(runSignal.reason);
    };
    try {
      return await new Promise<Transcript>((resolve, reject) => {
        waiting.set(callId, { resolve, reject });
        runSignal.addEventListener('abort', abort, { once: true });
        tell(child, { type: 'run', callId, clip, hint });
      });
    } finally {
      waiting.delete(callId);
      runSignal.removeEventListener('abort', abort);
    }
  }

  function letGo(callId: number): void {
    clearTimeout(lingering.get(callId));
    lingering.delete(callId);
  }

  async function close(): Promise<void> {
    tell(child, { type: 'close' });
    const timer = setTimeout(kill, CLOSE_DEADLINE_MS);
    await died;
    clearTimeout(timer);
  }
}

interface Asked {
  readonly child: ChildProcess;
  readonly models: ModelStore;
  readonly deadline: Deadline;
}

async function locate(
  { child, models, deadline }: Asked,
  request: Extract<FromLane, { type: 'locate' }>,
  signal: AbortSignal,
): Promise<void> {
  const { callId, modelId } = request;
  const resume = deadline.pause();
  try {
    tell(child, { type: 'located', callId, model: await models.locate(modelId, signal) });
  } catch (error) {
    const known = isVoiceInputError(error)
      ? error
      : new VoiceInputError('ERR_MODEL_STORAGE', `The model "${modelId}" cannot be located: ${String(error)}`, {
          cause: error,
        });
    tell(child, { type: 'not-located', callId, error: known.toJSON() });
  } finally {
    resume();
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function tell(child: ChildProcess, message: ToLane): void {
  // A message to a process that has just ended is answered by `died`.
  if (child.connected) child.send(message, () => undefined);
}

function deathOf(pluginId: string, how: string, lastWords: string): VoiceInputError {
  const words = lastWords.trim() === '' ? '' : ` Its last words: ${lastWords.trim()}`;
  return new VoiceInputError('ERR_LANE_DIED', `The process of ${pluginId} ended ${how}.${words}`);
}
