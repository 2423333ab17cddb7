// Processes for tests of a lane: they answer as told and end when told, and what happened to each is remembered.

import type { Clip, Hint, Transcript } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { HostedRunner } from '../../src/host/hosted-runner.ts';
import type { Job } from '../../src/schedule/lane.ts';

/** What a process does with a clip. A clip that is aborted is answered only if the answer heeds the signal. */
export type Answer = (clip: Clip, signal: AbortSignal, hint: Hint) => Promise<Transcript>;

export interface Process {
  /** Ends the process from outside. */
  crash(): void;
  /** How it ended; absent while it lives. */
  readonly end: 'crashed' | 'killed' | 'closed' | undefined;
  /** Clips that it has and did not answer. */
  readonly running: number;
}

export interface ProcessOptions {
  /** One a process; the last one serves all that follow. */
  readonly answers: readonly Answer[];
  /** Settles when the runner of a process is open, or rejects with the reason why it does not open. */
  readonly open?: (process: number) => Promise<void>;
}

/** Gives the `host` of a lane, and the processes that it started. */
export function createProcesses({ answers, open = async () => undefined }: ProcessOptions) {
  const started: Process[] = [];

  function host(): HostedRunner {
    const answer = answers[Math.min(started.length, answers.length - 1)]!;
    const number = started.length + 1;
    let end: Process['end'];
    let running = 0;
    let told: (reason: VoiceInputError) => void = () => undefined;
    const ended = new Promise<VoiceInputError>((resolve) => (told = resolve));
    const endBy = (how: Process['end']) => (): void => {
      end ??= how;
      told(new VoiceInputError('ERR_LANE_DIED', `process ${number} ${end}`));
    };
    started.push({
      crash: endBy('crashed'),
      get end() {
        return end;
      },
      get running() {
        return running;
      },
    });
    const lost = ended.then((reason): never => {
      throw reason;
    });
    lost.catch(() => undefined);
    return {
      pid: number,
      opened: Promise.race([open(number).then(() => `model-${number}`), lost]),
      ended,
      async run({ clip, hint }, signal) {
        running += 1;
        const lost = ended.then(() => new Promise<never>(() => undefined));
        return Promise.race([answer(clip, signal, hint), lost]).finally(() => (running -= 1));
      },
      endStream: () => undefined,
      kill: endBy('killed'),
      close: endBy('closed'),
    };
  }

  return { host, started };
}

/** A second of audio from `startSample`. */
export const job = (startSample: number, { preemptible = false, background = false } = {}): Job => ({
  clip: { samples: new Float32Array(16_000), startSample },
  hint: {},
  preemptible,
  background,
});

/** Rejects when the clip is aborted, as a runner does. */
export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
