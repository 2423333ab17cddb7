// What a test starts for a while: it is waited for until it is there, and ended with all that it left behind.

import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A busy machine is slow, not wrong. */
const START_MS = 60_000;
const LOOK_EVERY_MS = 50;

export interface Started {
  start(command: readonly string[], stdio?: StdioOptions): ChildProcess;
  /** Kills the process and its group. */
  kill(child: ChildProcess): Promise<void>;
  /** Kills all of them, the newest first. */
  killAll(): Promise<void>;
}

/** Remembers what it starts. */
export function startedHere(): Started {
  const children: ChildProcess[] = [];
  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  };
  return {
    start([command = '', ...args], stdio = 'ignore') {
      const child = spawn(command, args, { stdio, detached: true });
      children.push(child);
      return child;
    },
    kill,
    async killAll() {
      for (const child of children.splice(0).toReversed()) await kill(child);
    },
  };
}

/** Waits until `isThere`. Rejects after a minute, with what did not start. */
export async function until(isThere: () => boolean, what: string): Promise<void> {
  const untilMs = performance.now() + START_MS;
  while (!isThere()) {
    if (performance.now() > untilMs) throw new Error(`${what} did not start within ${START_MS} ms.`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Puts the environment of this process back as it was when this was called. */
export function rememberEnvironment(): () => void {
  const former = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
    Object.assign(process.env, former);
  };
}

/** What programs left behind as sessions of their own would go on writing there. `spared`: a process that goes on. */
export function killAllAtHome(folder: string, spared?: number): void {
  const pids = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  for (const pid of pids.filter((one) => one !== process.pid && one !== spared)) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (environment.includes(`HOME=${folder}`)) process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone, or somebody else's.
    }
  }
}
