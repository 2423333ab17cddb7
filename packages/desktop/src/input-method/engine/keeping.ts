// Which engine the user has: it is back whatever happens to this process.

import { spawn } from 'node:child_process';
import { createWorkQueue } from '@voiceinput/plugin-api';
import { GUARD } from './guard.ts';
import { ENGINE } from './ibus.ts';
import type { Ibus } from './ibus.ts';

export interface EngineKeeping {
  /** The user's engine, while ours is in its place. Absent: there was none, or ours is not there. */
  readonly former: string | undefined;
  readonly isTaken: boolean;
  /** Puts our engine into the place of the user's. */
  take(): Promise<void>;
  /** Puts the user's engine back. False: there was none, so our connection has to go. */
  give(): Promise<boolean>;
  /** The user chose another engine. */
  lost(): void;
}

/** Nothing that is asked of ibus goes out before what was asked before is done: never two switches at once. */
export function keepEngine(ibus: Ibus): EngineKeeping {
  const guard = spawn('sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  // Without a guard the engine works all the same.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  let former: string | undefined;
  let isTaken = false;
  const queue = createWorkQueue();
  const tellGuard = (name: string): void => void guard.stdin.write(`${name}\n`);
  const noteForGuard = (name: string | undefined): void => {
    if (name !== undefined && name !== ENGINE) tellGuard(name);
  };
  /** Also when the user chooses another one while ours is not there. */
  ibus.onGlobalEngine(noteForGuard);
  void queue.add(() => ibus.globalEngine().then(noteForGuard));

  return {
    get former() {
      return former;
    },
    get isTaken() {
      return isTaken;
    },
    take: () =>
      queue.add(async () => {
        if (isTaken) return;
        const current = await ibus.globalEngine();
        former = current === ENGINE ? former : current;
        tellGuard(former ?? '');
        await ibus.setGlobalEngine(ENGINE);
        isTaken = true;
      }),
    give: () =>
      queue.add(async () => {
        if (!isTaken) return true;
        isTaken = false;
        if (former === undefined) return false;
        if ((await ibus.globalEngine()) === ENGINE) await ibus.setGlobalEngine(former);
        return true;
      }),
    lost: () => void (isTaken = false),
  };
}
