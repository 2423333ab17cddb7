// A lane as a state machine: what each command does to the state of the lane, and which effects follow from it.
//
//            start              opened             send
//   closed ────────▶ opening ──────────▶ open ◀───────────▶ open, running a job
//      ▲                │                  │       ran         │
//      └────────────────┴──────────────────┴───────────────────┘   failed, idle for long, killed, crashed, closing

import type { Transcript } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface QueuedJob {
  readonly id: number;
  /** Gives way to any other job that is no background job: it is aborted when one comes. */
  readonly preemptible: boolean;
  /** Lets all others that wait go first. */
  readonly background: boolean;
}

/** The process that serves the lane now. */
type Process =
  | { readonly phase: 'closed' }
  | { readonly phase: 'opening'; readonly id: number }
  /** `running`: the job that it has; one that is not the current job any more was asked to stop. */
  | { readonly phase: 'open'; readonly id: number; readonly running?: number };

export interface LaneState {
  readonly process: Process;
  readonly queue: readonly QueuedJob[];
  /** The job whose turn it is. `attempt`: how many processes were tried for it. */
  readonly current?: (QueuedJob & { readonly attempt: 1 | 2 }) | undefined;
  /** Whether the lane may work where lanes must not work at the same time; `unneeded` where they may. */
  readonly turn: 'unneeded' | 'none' | 'requested' | 'held';
  /** Processes that were told to end and have not ended yet, and what is reported when they have. */
  readonly ending: readonly { readonly id: number; readonly report?: 'died' | 'unloaded' }[];
  readonly processCount: number;
  /** Why nothing is taken on any more. Absent until the lane closes. */
  readonly closing?: Error;
}

/** `deadline`: a run takes too long; `patience`: an aborted run does not stop; `idle`: nothing was asked for long. */
export type Timer = 'deadline' | 'patience' | 'idle';

export type Command =
  /** Somebody waits for an open process. */
  | { readonly type: 'open' }
  | { readonly type: 'run'; readonly job: QueuedJob }
  | { readonly type: 'abort'; readonly jobId: number; readonly reason: unknown }
  | { readonly type: 'turn' }
  | { readonly type: 'opened'; readonly processId: number }
  | { readonly type: 'not-opened'; readonly processId: number; readonly reason: unknown }
  | { readonly type: 'ran'; readonly processId: number; readonly jobId: number; readonly result: RunResult }
  | { readonly type: 'ended'; readonly processId: number; readonly reason: VoiceInputError }
  | { readonly type: 'deadline'; readonly reason: VoiceInputError }
  | { readonly type: 'patience' }
  | { readonly type: 'idle' }
  | { readonly type: 'close'; readonly reason: Error };

export type RunResult = { readonly transcript: Transcript } | { readonly reason: unknown };

export type Effect =
  /** Starts a process and opens the runner in it. */
  | { readonly type: 'start'; readonly processId: number }
  | { readonly type: 'send'; readonly processId: number; readonly jobId: number }
  /** Asks the process to stop a run. */
  | { readonly type: 'stop'; readonly processId: number; readonly jobId: number }
  | { readonly type: 'kill'; readonly processId: number }
  /** Asks the runner to close and the process to end. */
  | { readonly type: 'end'; readonly processId: number }
  | { readonly type: 'settle'; readonly jobId: number; readonly result: RunResult }
  /** Whoever waits for an open process has it, or hears why not. */
  | { readonly type: 'admit' }
  | { readonly type: 'refuse'; readonly reason: unknown }
  | { readonly type: 'request-turn' | 'cancel-turn' | 'release-turn' }
  | { readonly type: 'start-timer' | 'stop-timer'; readonly timer: Timer }
  | { readonly type: 'report'; readonly what: 'ready' | 'unloaded'; readonly processId: number }
  | { readonly type: 'report-death'; readonly processId: number; readonly reason: VoiceInputError }
  /** The lane is closed and no process of it is left. */
  | { readonly type: 'closed' };

export interface Step {
  readonly state: LaneState;
  readonly effects: readonly Effect[];
}

/** A lane without a process. `takesTurns`: it must not work at the same time as others. */
export function initialState({ takesTurns }: { takesTurns: boolean }): LaneState {
  return { process: CLOSED, queue: [], turn: takesTurns ? 'none' : 'unneeded', ending: [], processCount: 0 };
}

/** Pure: neither `state` nor `command` is changed. Commands that come too late, from a process that was replaced, do nothing. */
export function step(state: LaneState, command: Command): Step {
  const lane = new Draft(state);
  take(lane, command);
  if (lane.closing === undefined) lane.proceed();
  lane.watchIdleness(isIdle(state), command);
  const closed = command.type === 'close' || command.type === 'ended';
  if (closed && lane.closing !== undefined && lane.ending.length === 0) lane.effects.push({ type: 'closed' });
  return lane.finish();
}

const CLOSED: Process = { phase: 'closed' };
const SUPERSEDED = 'A newer clip took its place.';

function take(lane: Draft, command: Command): void {
  switch (command.type) {
    case 'open':
      return lane.open();
    case 'run':
      return lane.enqueue(command.job);
    case 'abort':
      return lane.abort(command.jobId, command.reason);
    case 'turn':
      return lane.takeTurn();
    case 'opened':
      return lane.opened(command.processId);
    case 'not-opened':
      return lane.notOpened(command.processId, command.reason);
    case 'ran':
      return lane.ran(command.processId, command.jobId, command.result);
    case 'ended':
      return lane.ended(command.processId, command.reason);
    case 'deadline':
      return lane.giveUp(command.reason);
    case 'patience':
      return lane.loseProcess();
    case 'idle':
      return lane.unload();
    case 'close':
      return lane.close(command.reason);
  }
}

/** Whether something waits, runs or is being stopped. */
export function isBusy({ process, current, queue }: Pick<LaneState, 'process' | 'current' | 'queue'>): boolean {
  return current !== undefined || queue.length > 0 || (process.phase === 'open' && process.running !== undefined);
}

function isIdle(
  lane: Pick<LaneState, 'process' | 'current' | 'queue'> & { readonly closing?: Error | undefined },
): boolean {
  return lane.closing === undefined && lane.process.phase === 'open' && !isBusy(lane);
}

/** The state while one command is carried out. */
class Draft {
  readonly effects: Effect[] = [];
  process: Process;
  queue: readonly QueuedJob[];
  current: LaneState['current'];
  turn: LaneState['turn'];
  ending: LaneState['ending'];
  processCount: number;
  closing: Error | undefined;

  constructor({ process, queue, current, turn, ending, processCount, closing }: LaneState) {
    this.process = process;
    this.queue = queue;
    this.current = current;
    this.turn = turn;
    this.ending = ending;
    this.processCount = processCount;
    this.closing = closing;
  }

  finish(): Step {
    const { process, queue, current, turn, ending, processCount, closing, effects } = this;
    return { state: { process, queue, current, turn, ending, processCount, ...(closing && { closing }) }, effects };
  }

  open(): void {
    if (this.closing !== undefined) return this.#emit({ type: 'refuse', reason: this.closing });
    if (this.process.phase === 'open') return this.#emit({ type: 'admit' });
    this.#start();
  }

  enqueue(job: QueuedJob): void {
    if (this.closing !== undefined) return this.#reject(job.id, this.closing);
    if (!job.preemptible && !job.background) this.#preempt();
    this.queue = [...this.queue, job];
  }

  abort(jobId: number, reason: unknown): void {
    if (this.current?.id === jobId) return this.#drop(reason);
    if (!this.queue.some(({ id }) => id === jobId)) return;
    this.queue = this.queue.filter(({ id }) => id !== jobId);
    this.#reject(jobId, reason);
  }

  takeTurn(): void {
    if (this.turn === 'requested') this.turn = 'held';
    else this.#emit({ type: 'release-turn' });
  }

  opened(processId: number): void {
    if (this.process.phase !== 'opening' || this.process.id !== processId) return;
    this.process = { phase: 'open', id: processId };
    this.#emit({ type: 'report', what: 'ready', processId }, { type: 'admit' });
  }

  /** All that waited for this process hear why; whoever comes later has it tried again. */
  notOpened(processId: number, reason: unknown): void {
    if (this.process.phase !== 'opening' || this.process.id !== processId) return;
    this.#kill();
    this.#rejectAll(reason);
  }

  ran(processId: number, jobId: number, result: RunResult): void {
    const { process } = this;
    if (process.phase !== 'open' || process.id !== processId || process.running !== jobId) return;
    this.#endRun();
    if (this.current?.id !== jobId) return;
    this.current = undefined;
    this.#emit({ type: 'settle', jobId, result });
  }

  ended(processId: number, reason: VoiceInputError): void {
    const expected = this.ending.find(({ id }) => id === processId);
    if (expected !== undefined) {
      this.ending = this.ending.filter(({ id }) => id !== processId);
      if (expected.report === 'died') this.#emit({ type: 'report-death', processId, reason });
      if (expected.report === 'unloaded') this.#emit({ type: 'report', what: 'unloaded', processId });
      return;
    }
    const { process } = this;
    if (process.phase === 'closed' || process.id !== processId) return;
    const lost = process.phase === 'open' ? process.running : undefined;
    this.#endRun();
    this.process = CLOSED;
    if (process.phase === 'opening') return this.#rejectAll(reason);
    this.#emit({ type: 'report-death', processId, reason });
    if (lost !== undefined && lost === this.current?.id) this.#tryAgain(reason);
  }

  giveUp(reason: VoiceInputError): void {
    const { process, current } = this;
    if (process.phase !== 'open' || current === undefined || process.running !== current.id) return;
    this.current = undefined;
    this.#reject(current.id, reason);
    this.#kill('died');
  }

  loseProcess(): void {
    const { process, current } = this;
    if (process.phase !== 'open' || process.running === undefined || process.running === current?.id) return;
    this.#kill('died');
  }

  unload(): void {
    const { process } = this;
    if (!isIdle(this) || process.phase !== 'open') return;
    this.#emit({ type: 'end', processId: process.id });
    this.ending = [...this.ending, { id: process.id, report: 'unloaded' }];
    this.process = CLOSED;
  }

  close(reason: Error): void {
    if (this.closing !== undefined) return;
    this.closing = reason;
    this.#rejectAll(reason);
    const { process } = this;
    this.#endRun();
    if (process.phase !== 'open') return this.#kill();
    this.#emit({ type: 'end', processId: process.id });
    this.ending = [...this.ending, { id: process.id }];
    this.process = CLOSED;
  }

  /** Does what can be done now for the next job: takes it from the queue, gets it the turn and a process, sends it. */
  proceed(): void {
    if (this.current === undefined) this.#next();
    if (this.current === undefined) return;
    if (this.turn === 'none') {
      this.turn = 'requested';
      this.#emit({ type: 'request-turn' });
    }
    if (this.turn === 'requested') return;
    if (this.process.phase === 'closed') this.#start();
    if (this.process.phase !== 'open' || this.process.running !== undefined) return;
    const { id: processId } = this.process;
    const { id: jobId } = this.current;
    this.process = { phase: 'open', id: processId, running: jobId };
    this.#emit({ type: 'send', processId, jobId }, { type: 'start-timer', timer: 'deadline' });
  }

  /** Whoever asks for an open process will need it soon: the time of idleness begins anew. */
  watchIdleness(wasIdle: boolean, { type }: Command): void {
    const idle = isIdle(this);
    if (wasIdle && (!idle || type === 'open')) this.#emit({ type: 'stop-timer', timer: 'idle' });
    if (idle && (!wasIdle || type === 'open')) this.#emit({ type: 'start-timer', timer: 'idle' });
  }

  #next(): void {
    this.#leaveTurn();
    const job = this.queue.find(({ background }) => !background) ?? this.queue[0];
    if (job === undefined) return;
    this.queue = this.queue.filter((other) => other !== job);
    this.current = { ...job, attempt: 1 };
  }

  #preempt(): void {
    const reason = new VoiceInputError('ERR_ABORTED', SUPERSEDED);
    if (this.current?.preemptible === true) this.#drop(reason);
    for (const { id } of this.queue.filter(({ preemptible }) => preemptible)) this.abort(id, reason);
  }

  /** The current job is over for whoever asked; a process that runs it is asked to stop. */
  #drop(reason: unknown): void {
    const { process, current } = this;
    if (current === undefined) return;
    this.current = undefined;
    this.#reject(current.id, reason);
    if (process.phase !== 'open' || process.running !== current.id) return;
    this.#emit(
      { type: 'stop', processId: process.id, jobId: current.id },
      { type: 'stop-timer', timer: 'deadline' },
      { type: 'start-timer', timer: 'patience' },
    );
  }

  #tryAgain(reason: VoiceInputError): void {
    const { current } = this;
    if (current === undefined) return;
    this.current = current.attempt === 1 ? { ...current, attempt: 2 } : undefined;
    if (this.current === undefined) this.#reject(current.id, reason);
  }

  #rejectAll(reason: unknown): void {
    const jobs = this.current === undefined ? this.queue : [this.current, ...this.queue];
    this.current = undefined;
    this.queue = [];
    for (const { id } of jobs) this.#reject(id, reason);
    this.#emit({ type: 'refuse', reason });
  }

  #start(): void {
    if (this.process.phase !== 'closed') return;
    this.processCount += 1;
    this.process = { phase: 'opening', id: this.processCount };
    this.#emit({ type: 'start', processId: this.processCount });
  }

  #kill(report?: 'died'): void {
    const { process } = this;
    if (process.phase === 'closed') return;
    this.#endRun();
    this.#emit({ type: 'kill', processId: process.id });
    this.ending = [...this.ending, { id: process.id, ...(report && { report }) }];
    this.process = CLOSED;
  }

  /** The process runs nothing any more. Other lanes have their turn before the next job. */
  #endRun(): void {
    const { process } = this;
    if (process.phase === 'open' && process.running !== undefined) {
      this.process = { phase: 'open', id: process.id };
      this.#emit({ type: 'stop-timer', timer: 'deadline' }, { type: 'stop-timer', timer: 'patience' });
    }
    this.#leaveTurn();
  }

  /** Kept while an aborted run still stops: it takes the machine's time. */
  #leaveTurn(): void {
    if (this.process.phase === 'open' && this.process.running !== undefined) return;
    if (this.turn === 'held') this.#emit({ type: 'release-turn' });
    if (this.turn === 'requested') this.#emit({ type: 'cancel-turn' });
    if (this.turn !== 'unneeded') this.turn = 'none';
  }

  #reject(jobId: number, reason: unknown): void {
    this.#emit({ type: 'settle', jobId, result: { reason } });
  }

  #emit(...effects: Effect[]): void {
    this.effects.push(...effects);
  }
}
