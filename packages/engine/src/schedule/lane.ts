// A lane at work: the one process in which a runner reads clips, one at a time, driven by the lane's state machine.

import type { CapabilitiesOf, Clip, Deadline, Hint, LaneName, Transcript } from '@voiceinput/plugin-api';
import { samplesToMs, startDeadline, unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import type { HostedRunner } from '../host/hosted-runner.ts';
import { createPending } from '../own/pending.ts';
import type { Pending } from '../own/pending.ts';
import { initialState, isBusy, step } from './machine.ts';
import type { Command, Effect, QueuedJob, RunResult, Timer } from './machine.ts';
import type { Turns } from './turns.ts';

/** A run may take this long and so many times its clip's length. */
const BASE_DEADLINE_MS = 15_000;
const DEADLINE_PER_CLIP = 3;
/** A runner that goes on for longer after an abort makes the next clip wait: its process is replaced, where that is faster. */
const ABORT_DEADLINE_MS = 1_000;

export interface Job {
  readonly clip: Clip;
  readonly hint: Hint;
  /** Gives way to any other job that is no background job, and is aborted when one comes. */
  readonly preemptible: boolean;
  /** Names a clip that is still being spoken, for a runner that streams: the words agreed on so far are asked for. */
  readonly streamId?: string;
  /** Lets all others that wait go first. Default: false. */
  readonly background?: boolean;
}

/** What a runner's manifest says of what it can be asked and told. */
export type UsedHints = Pick<CapabilitiesOf['runner'], 'proposals' | 'precedingText' | 'streaming'>;

export interface Lane {
  readonly name: LaneName;
  readonly uses: UsedHints;
  /** Sound around speech that its runner wants, in milliseconds. Absent: as it was cut. */
  readonly padMs?: number;
  /** Whether nothing runs or waits. */
  readonly idle: boolean;
  /** The runner's model. Absent until the runner has opened for the first time. */
  readonly model: string | undefined;
  /** The runner's process. Absent while there is none that is open. */
  readonly pid: number | undefined;
  /** Opens the runner where it is not open. Rejects with the reason why it does not open, and with the signal's on abort. */
  opened(signal: AbortSignal): Promise<void>;
  /**
   * The clip's transcript; jobs that are neither preemptible nor in the background run in the order in which they came.
   *
   * Rejects at once with the signal's reason on abort; with `ERR_LANE_TIMEOUT` after the deadline, `ERR_LANE_DIED` when
   * the process died under the job twice, `ERR_ABORTED` for a preemptible job that gave way and for all when the lane
   * closes, and with the reason why the runner does not open.
   */
  run(job: Job, signal: AbortSignal): Promise<Transcript>;
  /** Says that nothing more of a clip that was being spoken will be asked. */
  endStream(streamId: string): void;
  /** Rejects all jobs and ends the process. Settles when it has ended. */
  close(): Promise<void>;
}

export interface LanePort {
  /** Where lanes must not work at the same time. Absent: they may. */
  readonly turns?: Turns;
  /** A process that was idle for so long gives its memory back. Absent: never. */
  readonly idleUnloadMs?: number;
  /** How many times longer than usual a run may take. Default: 1. */
  readonly deadlineFactor?: number;
  /** Which hints the runner uses; it is given no others of these. */
  readonly uses: UsedHints;
  readonly padMs?: number;
  /** Starts a process that opens the runner. */
  host(): HostedRunner;
  ready(runner: HostedRunner, startMs: number): void;
  died(runner: HostedRunner, reason: VoiceInputError): void;
  unloaded(runner: HostedRunner): void;
}

interface Waiting {
  readonly job: Job;
  settle(result: RunResult): void;
}

interface Process {
  readonly runner: HostedRunner;
  readonly startedAtMs: number;
  startMs: number;
  /** Asks the run to stop that is under way. */
  stop(): void;
}

/** Starts a process at once, unless `lazy`: then the first job or `opened` does. */
export function createLane(name: LaneName, port: LanePort, { lazy = false } = {}): Lane {
  let state = initialState({ takesTurns: port.turns !== undefined });
  let jobCount = 0;
  let model: string | undefined;
  let cancelTurn = (): void => undefined;
  let releaseTurn = (): void => undefined;
  const jobs = new Map<number, Waiting>();
  const processes = new Map<number, Process>();
  const timers = new Map<Timer, Pick<Deadline, 'stop'>>();
  const closed = createPending<void>();
  let opening = newOpening();
  const commands: Command[] = [];
  let stepping = false;

  /** Commands that effects bring about are carried out after all effects of the command before. */
  function dispatch(command: Command): void {
    commands.push(command);
    if (stepping) return;
    stepping = true;
    try {
      for (let next = commands.shift(); next !== undefined; next = commands.shift()) {
        const { state: after, effects } = step(state, next);
        state = after;
        effects.forEach(perform);
      }
    } finally {
      stepping = false;
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'start':
        return start(effect.processId);
      case 'send':
        return send(effect.processId, effect.jobId);
      case 'stop':
        return processes.get(effect.processId)?.stop();
      case 'kill':
        return processes.get(effect.processId)?.runner.kill();
      case 'end':
        return processes.get(effect.processId)?.runner.close();
      case 'settle':
        return jobs.get(effect.jobId)?.settle(effect.result);
      case 'admit':
        return settleOpening(({ resolve }) => resolve());
      case 'refuse':
        return settleOpening(({ reject }) => reject(effect.reason));
      case 'request-turn':
        return requestTurn();
      case 'cancel-turn':
        return cancelTurn();
      case 'release-turn':
        return releaseTurn();
      case 'start-timer':
        return startTimer(effect.timer);
      case 'stop-timer':
        return stopTimer(effect.timer);
      case 'report':
        return report(effect.what, effect.processId);
      case 'report-death':
        return port.died(processes.get(effect.processId)!.runner, effect.reason);
      case 'closed':
        return closed.resolve();
    }
  }

  function start(processId: number): void {
    const startedAtMs = performance.now();
    const runner = port.host();
    processes.set(processId, { runner, startedAtMs, startMs: 0, stop: () => undefined });
    runner.opened.then(
      (opened) => {
        model = opened;
        dispatch({ type: 'opened', processId });
      },
      (reason: unknown) => dispatch({ type: 'not-opened', processId, reason }),
    );
    void runner.ended.then((reason) => {
      dispatch({ type: 'ended', processId, reason });
      processes.delete(processId);
    });
  }

  function send(processId: number, jobId: number): void {
    const process = processes.get(processId)!;
    const { clip, hint, streamId } = jobs.get(jobId)!.job;
    const control = new AbortController();
    process.stop = () => control.abort(new VoiceInputError('ERR_ABORTED', 'The run was aborted.'));
    const ran = (result: RunResult): void => dispatch({ type: 'ran', processId, jobId, result });
    const request = { clip, hint: usedOf(hint, port.uses), ...(streamId !== undefined && { streamId }) };
    process.runner.run(request, control.signal).then(
      (transcript) => ran({ transcript }),
      (reason: unknown) => ran({ reason }),
    );
  }

  function requestTurn(): void {
    const control = new AbortController();
    cancelTurn = () => control.abort(new VoiceInputError('ERR_ABORTED', 'The turn is not needed any more.'));
    port.turns!.take(name, control.signal).then(
      (release) => {
        releaseTurn = release;
        dispatch({ type: 'turn' });
      },
      // Cancelled: the machine knows.
      () => undefined,
    );
  }

  function startTimer(timer: Timer): void {
    if (timer === 'idle') {
      if (port.idleUnloadMs === undefined) return;
      const idle = setTimeout(() => dispatch({ type: 'idle' }), port.idleUnloadMs).unref();
      timers.set(timer, { stop: () => clearTimeout(idle) });
      return;
    }
    if (timer === 'patience') {
      timers.set(
        timer,
        startDeadline(patienceMs(), () => dispatch({ type: 'patience' })),
      );
      return;
    }
    const usualMs = BASE_DEADLINE_MS + DEADLINE_PER_CLIP * samplesToMs(currentClip().samples.length);
    const deadlineMs = usualMs * (port.deadlineFactor ?? 1);
    const reason = (): VoiceInputError =>
      new VoiceInputError(
        'ERR_LANE_TIMEOUT',
        `The ${name} lane did not finish a clip within ${Math.round(deadlineMs)} ms.`,
      );
    timers.set(
      timer,
      startDeadline(deadlineMs, () => dispatch({ type: 'deadline', reason: reason() })),
    );
  }

  function stopTimer(timer: Timer): void {
    timers.get(timer)?.stop();
    timers.delete(timer);
  }

  /** To replace a process costs what it cost to start it: killed sooner, a slow machine would do nothing else. */
  function patienceMs(): number {
    const { process } = state;
    const startMs = process.phase === 'open' ? processes.get(process.id)!.startMs : 0;
    return Math.max(ABORT_DEADLINE_MS, startMs);
  }

  function currentClip(): Clip {
    return jobs.get(state.current!.id)!.job.clip;
  }

  function report(what: 'ready' | 'unloaded', processId: number): void {
    const process = processes.get(processId)!;
    if (what === 'unloaded') return port.unloaded(process.runner);
    process.startMs = performance.now() - process.startedAtMs;
    port.ready(process.runner, process.startMs);
  }

  function settleOpening(settle: (waiting: typeof opening) => void): void {
    const waiting = opening;
    opening = newOpening();
    settle(waiting);
  }

  if (!lazy) dispatch({ type: 'open' });

  return {
    name,
    uses: port.uses,
    ...(port.padMs !== undefined && { padMs: port.padMs }),
    get idle() {
      return !isBusy(state);
    },
    get model() {
      return model;
    },
    get pid() {
      return state.process.phase === 'open' ? processes.get(state.process.id)?.runner.pid : undefined;
    },
    async opened(signal) {
      signal.throwIfAborted();
      const { promise } = opening;
      dispatch({ type: 'open' });
      await unlessAborted(promise, signal);
    },
    async run(job, signal) {
      signal.throwIfAborted();
      const { preemptible, background = false } = job;
      const id = (jobCount += 1);
      const { promise, resolve, reject } = createPending<Transcript>();
      const settle = (result: RunResult): void =>
        'transcript' in result ? resolve(result.transcript) : reject(result.reason);
      jobs.set(id, { job, settle });
      const abort = (): void => dispatch({ type: 'abort', jobId: id, reason: signal.reason });
      signal.addEventListener('abort', abort, { once: true });
      try {
        const queued: QueuedJob = { id, preemptible, background };
        dispatch({ type: 'run', job: queued });
        return await promise;
      } finally {
        signal.removeEventListener('abort', abort);
        jobs.delete(id);
      }
    },
    endStream(streamId) {
      if (state.process.phase === 'open') processes.get(state.process.id)?.runner.endStream(streamId);
    },
    async close() {
      dispatch({ type: 'close', reason: new VoiceInputError('ERR_ABORTED', `The ${name} lane is closing.`) });
      await closed.promise;
    },
  };
}

function usedOf({ proposal, precedingText, ...hint }: Hint, uses: UsedHints): Hint {
  return {
    ...hint,
    ...(uses.proposals && proposal && { proposal }),
    ...(uses.precedingText === true && precedingText !== undefined && { precedingText }),
  };
}

/** A failure that nobody waits for is told to whoever asks next. */
function newOpening(): Pending<void> {
  const opening = createPending<void>();
  opening.promise.catch(() => undefined);
  return opening;
}
