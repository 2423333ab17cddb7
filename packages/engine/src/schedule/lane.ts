// Which clip a lane's runner gets next, how long it may take, and what happens when its process dies.

import type { Clip, Hint, LaneName, Transcript } from '@voiceinput/plugin-api';
import { samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import type { HostedRunner } from '../host/hosted-runner.ts';
import { followAborts, unlessAborted } from '../own/abort.ts';
import type { Turns } from './turns.ts';

/** A run may take this long and so many times its clip's length. */
const BASE_DEADLINE_MS = 15_000;
const DEADLINE_PER_CLIP = 3;

export interface Job {
  readonly clip: Clip;
  readonly hint: Hint;
  /** A passing job gives way to any other and is called off when one comes. */
  readonly passing: boolean;
  /** A patient job lets all others pass that wait. */
  readonly patient?: boolean;
}

export interface Lane {
  readonly name: LaneName;
  /** Whether nothing runs or waits. */
  readonly idle: boolean;
  /** The runner's model. Absent until the runner has opened. */
  readonly model: string | undefined;
  /** The runner's process. Absent while there is none. */
  readonly pid: number | undefined;
  /** Settles when the runner is open. Rejects with the reason why it does not open. */
  opened(): Promise<void>;
  /**
   * The clip's transcript; jobs that are neither passing nor patient run in the order in which they came.
   *
   * Rejects with the signal's reason on abort, `ERR_LANE_TIMEOUT` after the deadline, `ERR_LANE_DIED` when the process
   * died under the job twice, and `ERR_ABORTED` for a passing job that gave way.
   */
  run(job: Job, signal: AbortSignal): Promise<Transcript>;
  close(): Promise<void>;
}

export interface LanePort {
  /** Where lanes must not work at the same time. Absent: they may. */
  readonly turns?: Turns;
  /** A process that was idle for so long gives its memory back. Absent: never. */
  readonly idleUnloadMs?: number;
  /** Starts a process with an open runner. */
  host(signal: AbortSignal): Promise<HostedRunner>;
  ready(runner: HostedRunner, startMs: number): void;
  died(runner: HostedRunner, reason: VoiceInputError): void;
  unloaded(runner: HostedRunner): void;
}

interface Waiting {
  readonly job: Job;
  readonly signal: AbortSignal;
  resolve(transcript: Transcript): void;
  reject(error: unknown): void;
}

export function createLane(name: LaneName, port: LanePort): Lane {
  const waiting: Waiting[] = [];
  const unloaded = new WeakSet<HostedRunner>();
  const closing = new AbortController();
  let current: { readonly entry: Waiting; readonly control: AbortController } | undefined;
  let model: string | undefined;
  let live: HostedRunner | undefined;
  let unloading: NodeJS.Timeout | undefined;
  let runner: Promise<HostedRunner> | undefined = startRunner();

  function startRunner(): Promise<HostedRunner> {
    const startedAtMs = performance.now();
    const started = port.host(closing.signal).then((hosted) => {
      ({ model } = hosted);
      live = hosted;
      port.ready(hosted, performance.now() - startedAtMs);
      void hosted.died.then((reason) => {
        if (closing.signal.aborted || unloaded.has(hosted)) return;
        port.died(hosted, reason);
      });
      return hosted;
    });
    // Whoever needs the runner hears why it did not open; the next one to need it tries again.
    started.catch(() => {
      if (runner === started) runner = undefined;
    });
    return started;
  }

  async function liveRunner(): Promise<HostedRunner> {
    runner ??= startRunner();
    const hosted = await runner;
    if (hosted.alive) return hosted;
    runner = startRunner();
    return runner;
  }

  function callOffPassing(): void {
    const reason = new VoiceInputError('ERR_ABORTED', 'Something newer was to be done.');
    if (current?.entry.job.passing) current.control.abort(reason);
    for (const entry of waiting.filter(({ job }) => job.passing)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.reject(reason);
    }
  }

  async function work(): Promise<void> {
    if (current !== undefined) return;
    const entry = waiting.find(({ job }) => job.patient !== true) ?? waiting[0];
    if (entry === undefined) return;
    waiting.splice(waiting.indexOf(entry), 1);
    const { control, letGo } = followAborts(entry.signal, closing.signal);
    current = { entry, control };
    clearTimeout(unloading);
    let endTurn = (): void => undefined;
    try {
      endTurn = (await port.turns?.take(name, control.signal)) ?? endTurn;
      entry.resolve(await runOnce(entry.job, control).catch((error: unknown) => runAgain(entry.job, control, error)));
    } catch (error) {
      entry.reject(error);
    } finally {
      endTurn();
      letGo();
      current = undefined;
      unloadLater();
      void work();
    }
  }

  function unloadLater(): void {
    if (port.idleUnloadMs === undefined || waiting.length > 0 || closing.signal.aborted) return;
    unloading = setTimeout(() => void unload(), port.idleUnloadMs);
    unloading.unref();
  }

  async function unload(): Promise<void> {
    const hosted = await runner?.catch(() => undefined);
    if (hosted === undefined || current !== undefined) return;
    runner = undefined;
    unloaded.add(hosted);
    await hosted.close();
    port.unloaded(hosted);
  }

  /** A dead process loses no clip: it is run once more in a new one. */
  async function runAgain(job: Job, control: AbortController, error: unknown): Promise<Transcript> {
    if (!(error instanceof VoiceInputError) || error.code !== 'ERR_LANE_DIED') throw error;
    return runOnce(job, control);
  }

  async function runOnce({ clip, hint }: Job, control: AbortController): Promise<Transcript> {
    control.signal.throwIfAborted();
    const hosted = await unlessAborted(liveRunner(), control.signal);
    const deadlineMs = BASE_DEADLINE_MS + DEADLINE_PER_CLIP * samplesToMs(clip.samples.length);
    const timer = setTimeout(() => {
      control.abort(
        new VoiceInputError(
          'ERR_LANE_TIMEOUT',
          `The ${name} lane did not finish a clip within ${Math.round(deadlineMs)} ms.`,
        ),
      );
      hosted.kill();
    }, deadlineMs);
    try {
      return await hosted.run(clip, hint, control.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    name,
    get idle() {
      return current === undefined && waiting.length === 0;
    },
    get model() {
      return model;
    },
    get pid() {
      return live?.alive === true ? live.pid : undefined;
    },
    opened: async () => void (await liveRunner()),
    run(job, signal) {
      return new Promise<Transcript>((resolve, reject) => {
        waiting.push({ job, signal, resolve, reject });
        if (!job.passing && job.patient !== true) callOffPassing();
        void work();
      });
    },
    async close() {
      clearTimeout(unloading);
      closing.abort(new VoiceInputError('ERR_ABORTED', `The ${name} lane is closing.`));
      for (const { reject } of waiting.splice(0)) reject(closing.signal.reason);
      const hosted = await runner?.catch(() => undefined);
      await hosted?.close();
    },
  };
}
