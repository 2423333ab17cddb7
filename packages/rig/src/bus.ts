// What a test gets that needs a session bus: one of its own, without services.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardChildren } from './guard.ts';
import { missingPrograms } from './programs.ts';

export interface PrivateBus {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  /** Ends it at once, as a crash would. */
  close(): Promise<void>;
}

/** Why a test that needs a session bus cannot run here, as a sentence for its skip; absent when it can. */
export function missingForBus(): string | undefined {
  return missingPrograms('dbus-daemon');
}

/** A session bus where no service starts by itself. Ask `missingForBus` first. */
export async function openPrivateBus(): Promise<PrivateBus> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-bus-'));
  const address = `unix:path=${join(folder, 'bus')}`;
  const configuration = join(folder, 'bus.conf');
  writeFileSync(
    configuration,
    `<busconfig><type>session</type><listen>${address}</listen><auth>EXTERNAL</auth><policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  const args = [`--config-file=${configuration}`, '--nofork', '--nopidfile', '--print-address=1'];
  const child = spawn('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return {
    address,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
