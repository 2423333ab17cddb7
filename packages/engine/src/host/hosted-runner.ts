// How the engine reaches a runner in a process of its own.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Deadline, ModelStore, Transcript } from '@voiceinput/plugin-api';
import { isVoiceInputError, startDeadline, VoiceInputError } from '@voiceinput/plugin-api';
import { NO_TELEMETRY } from '../admit/telemetry.ts';
import { createPending } from '../own/pending.ts';
import type { Pending } from '../own/pending.ts';
import { transcriptFrom } from './answers.ts';
import { asPluginError, lateError } from './call.ts';
import { CREATE_DEADLINE_MS, PREPARING, startPreparation } from './create.ts';
import type { FromLane, RunnerSpec, RunRequest, ToLane } from './wire.ts';

const CLOSE_DEADLINE_MS = 1_000;
const STDERR_KEPT_CHARACTERS = 2_000;
/**
 * glibc learns from large buffers to keep them, and a runner frees many after each clip: with fixed thresholds they go
 * back to the system at once (mallopt(3)). It saves a fifth of a lane's memory and costs no time that can be measured.
 */
const GIVE_MEMORY_BACK = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** A runner behind a process border. */
export interface HostedRunner {
  /** Absent when the system could not start the process. */
  readonly pid: number | undefined;
  /**
   * The name of the runner's model, once it is open. Rejects with what `create` threw, `ERR_PLUGIN_TIMEOUT` when it does
   * not answer, or `ERR_LANE_DIED`; the process is still there then, unless it died.
   */
  readonly opened: Promise<string>;
  /**
   * Settles with the reason when the process has ended, however that came, or was killed: nothing runs in it any more then,
   * though a busy system may take long to clear it away, the more so at the lowest priority. Never rejects.
   */
  readonly ended: Promise<VoiceInputError>;
  /**
   * Hands a clip to the runner, one at a time. On abort the runner is asked to stop; the promise settles when it has
   * answered, and never when the process ends before.
   */
  run(request: RunRequest, signal: AbortSignal): Promise<Transcript>;
  /** Says that nothing more of a clip that was being spoken will be asked. */
  endStream(streamId: string): void;
  /** Ends the process without asking it. */
  kill(): void;
  /** Asks the runner to close; kills the process if it has not ended soon. */
  close(): void;
}

export interface HostOptions {
  readonly spec: RunnerSpec;
  readonly models: ModelStore;
  log(message: string): void;
}

/** Starts a process and opens the runner in it. Whoever called it ends the process. */
export function hostRunner({ spec, models, log }: HostOptions): HostedRunner {
  const child = fork(new URL(import.meta.resolve('#lane-process')), [], {
    env: { ...GIVE_MEMORY_BACK, ...process.env, ...NO_TELEMETRY },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { ended, kill } = endOf(child, spec.pluginId);
  const opened = createPending<string>();
  const running = new Map<number, Pending<Transcript>>();
  const gone = new AbortController();
  const call = { pluginId: spec.pluginId, method: 'create', deadlineMs: CREATE_DEADLINE_MS };
  const deadline = startDeadline(CREATE_DEADLINE_MS, () => opened.reject(lateError(call)));
  const preparations: (() => void)[] = [];
  let runs = 0;

  void ended.then((reason) => {
    opened.reject(reason);
    gone.abort(reason);
  });
  // Whoever asked for the runner hears it too.
  opened.promise
    .catch(() => undefined)
    .finally(() => {
      deadline.stop();
      preparations.forEach((end) => end());
    });
  child.on('message', hearingOf({ child, spec, models, log, opened, running, deadline, preparations, gone }));
  tell(child, { type: 'open', spec });

  return {
    pid: child.pid,
    opened: opened.promise,
    ended,
    async run(request, signal) {
      signal.throwIfAborted();
      const callId = (runs += 1);
      const answer = createPending<Transcript>();
      const abort = (): void => tell(child, { type: 'abort', callId });
      running.set(callId, answer);
      signal.addEventListener('abort', abort, { once: true });
      tell(child, { type: 'run', callId, ...request });
      try {
        return await answer.promise;
      } finally {
        running.delete(callId);
        signal.removeEventListener('abort', abort);
      }
    },
    endStream: (streamId) => tell(child, { type: 'end-stream', streamId }),
    kill,
    close() {
      tell(child, { type: 'close' });
      const timer = setTimeout(kill, CLOSE_DEADLINE_MS);
      void ended.then(() => clearTimeout(timer));
    },
  };
}

interface HearingPort extends HostOptions {
  readonly child: ChildProcess;
  readonly opened: Pending<string>;
  readonly running: ReadonlyMap<number, Pending<Transcript>>;
  /** Of the opening. */
  readonly deadline: Deadline;
  /** What ends each preparation that goes on. */
  readonly preparations: (() => void)[];
  /** Aborted when the process has ended. */
  readonly gone: AbortController;
}

/** What is done with a message of the process. Whatever runs in it may send what it likes. */
function hearingOf(port: HearingPort): (message: FromLane) => void {
  const { child, spec, models, log, opened, running, deadline, preparations, gone } = port;

  function hear(message: FromLane): void {
    switch (message.type) {
      case 'opened':
        return opened.resolve(message.model);
      case 'not-opened':
        return opened.reject(VoiceInputError.fromReport(message.error));
      case 'locate':
        return void locate({ child, models, deadline }, message, gone.signal);
      case 'preparing':
        log(PREPARING);
        return void preparations.push(startPreparation(spec.pluginId, deadline, opened.reject));
      case 'prepared':
        return preparations.pop()?.();
      case 'log':
        return log(message.message);
      case 'done':
        return done(message);
      case 'fault':
        return running.get(message.callId)?.reject(VoiceInputError.fromReport(message.error));
    }
  }

  function done({ callId, transcript }: Extract<FromLane, { type: 'done' }>): void {
    const answer = running.get(callId);
    try {
      answer?.resolve(transcriptFrom(transcript));
    } catch (error) {
      answer?.reject(asPluginError(error, spec.pluginId, 'run'));
    }
  }

  return (message) => {
    if (gone.signal.aborted) return;
    try {
      hear(message);
    } catch (error) {
      log(`A message of ${spec.pluginId}'s process cannot be understood: ${String(error)}`);
    }
  };
}

interface End {
  readonly ended: Promise<VoiceInputError>;
  kill(): void;
}

function endOf(child: ChildProcess, pluginId: string): End {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-STDERR_KEPT_CHARACTERS);
  });
  const { promise: ended, resolve } = createPending<VoiceInputError>();
  const end = (how: string): void => resolve(deathOf(pluginId, how, lastWords));
  child.once('exit', (code, killer) => end(killer === null ? `with exit code ${code}` : `by ${killer}`));
  // A process that could not be started never exits; one that could not be sent to or killed still does.
  child.on('error', (error) => child.pid === undefined && end(`with: ${error.message}`));
  return { ended, kill: () => child.kill('SIGKILL') && end('by SIGKILL') };
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

function tell(child: ChildProcess, message: ToLane): void {
  // A message to a process that has just ended is answered by `died`.
  if (child.connected) child.send(message, () => undefined);
}

function deathOf(pluginId: string, how: string, lastWords: string): VoiceInputError {
  const words = lastWords.trim() === '' ? '' : ` Its last words: ${lastWords.trim()}`;
  return new VoiceInputError('ERR_LANE_DIED', `The process of ${pluginId} ended ${how}.${words}`);
}
