import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask, openConnection } from '../src/connection.ts';
import type { Connection } from '../src/connection.ts';

const missing = missingForDisplay();

/** More than the display reads at a time, ending with a key that switches something; sent while the display does not run. */
const program = `
  import { openDisplay } from '@voiceinput/desktop';
  const { signal } = new AbortController();
  const { keyboard } = await openDisplay(signal);
  process.kill(Number(process.argv[1]), 'SIGSTOP');
  await keyboard.send([{ key: 'BackSpace', times: 300 }, { key: 'Caps_Lock' }], signal);
  process.kill(process.pid, 'SIGKILL');
`;

/** Of the pointer's mask (X11 protocol, "KEYBUTMASK"). */
const LOCK = 1 << 1;

describeUnless(missing)('keys that were sent', () => {
  let server: VirtualDisplay;
  let connection: Connection;
  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    connection = await openConnection(never);
  });
  afterAll(async () => {
    await connection?.close();
    await server?.close();
  });

  async function state(): Promise<{ readonly isAnyDown: boolean; readonly isLocked: boolean }> {
    const { client, root } = connection;
    const down = JSON.stringify(await ask<unknown>((answer) => client.QueryKeymap(answer)));
    const { keyMask } = await ask<{ keyMask: number }>((answer) => client.QueryPointer(root, answer));
    return { isAnyDown: /[1-9]/.test(down), isLocked: (keyMask & LOCK) !== 0 };
  }

  test('arrive to the last one although their sender is killed before the display reads them', async () => {
    expect(await state()).toEqual({ isAnyDown: false, isLocked: false });
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, String(server.pid)], {
      cwd: resolve(import.meta.dirname, '..'),
      stdio: 'inherit',
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    process.kill(server.pid, 'SIGCONT');
    expect(signal).toBe('SIGKILL');
    await vi.waitFor(async () => expect(await state()).toEqual({ isAnyDown: false, isLocked: true }));
  });
});
