// Whether the engine's process lives: one that hangs takes all keys with it, one that only waits for a busy machine does not.

import { readFileSync } from 'node:fs';

/** What of a process tells that it hangs. */
export interface Vital {
  /** As Linux names states: `T` is stopped. */
  readonly state: string;
  /** How long it has been running on a processor. */
  readonly workedMs: number;
}

export interface Watchdog {
  beat(): void;
  close(): void;
}

const LOOK_MS = 50;
/** Without a beat for so long, it is looked at more closely. */
const SUSPECT_MS = 250;
/** A process that worked so much without coming to its next beat hangs. */
const HANGS_AFTER_WORK_MS = 200;
/** Nobody waits longer, whatever the reason. */
const MOST_MS = 3_000;
const TICK_MS = 10;

/** `hangs` is called once. `vital` is absent when the process is gone. */
export function watch(vital: () => Vital | undefined, hangs: () => void): Watchdog {
  let beatAtMs = performance.now();
  let lookedAtMs = beatAtMs;
  let workedMs = vital()?.workedMs ?? 0;

  function beat(): void {
    beatAtMs = performance.now();
    workedMs = vital()?.workedMs ?? 0;
  }

  const timer = setInterval(() => {
    const nowMs = performance.now();
    const wasAway = nowMs - lookedAtMs > 3 * LOOK_MS;
    lookedAtMs = nowMs;
    if (nowMs - beatAtMs < SUSPECT_MS) return;
    const now = vital();
    const isStopped = now?.state === 'T' || now?.state === 't';
    // We were not here ourselves: beats may wait to be heard. One that stands still sends none.
    if (wasAway && !isStopped) return void (beatAtMs = nowMs - SUSPECT_MS + LOOK_MS);
    const isSpinning = now !== undefined && now.workedMs - workedMs >= HANGS_AFTER_WORK_MS;
    if (!isStopped && !isSpinning && nowMs - beatAtMs < MOST_MS) return;
    clearInterval(timer);
    hangs();
  }, LOOK_MS);

  return { beat, close: () => clearInterval(timer) };
}

/** What Linux tells of a process. */
export function vitalOf(pid: number): Vital | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything, also parentheses.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0] = fields.slice(10, 12).map(Number);
    return { state, workedMs: (user + system) * TICK_MS };
  } catch {
    return undefined;
  }
}
