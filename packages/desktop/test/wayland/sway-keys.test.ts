// What a sway that ends while it is asked costs whoever watches its keys: the keys, and nothing else.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { endianness, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSwayKeys } from '../../src/wayland/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voiceinput-sway-'));
  vi.stubEnv('SWAYSOCK', join(folder, 'sway.sock'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const HEADER_BYTES = 14;
const CONFIG = 9;
const WORKSPACE_EVENT = 0x8000_0000;

function message(kind: number, body: object): Buffer {
  const text = Buffer.from(JSON.stringify(body));
  const sizes = new Uint32Array([text.length, kind]);
  return Buffer.concat([Buffer.from('i3-ipc'), Buffer.from(sizes.buffer), text]);
}

/** Answers what is asked at the start; asked once more, it is gone. */
function dyingSway(): Promise<{ reload(): void; close(): void }> {
  let client: Socket | undefined;
  let configs = 0;
  const server = createServer((socket) => {
    client = socket;
    socket.on('data', (asked) => {
      const kind = new DataView(asked.buffer, asked.byteOffset).getUint32(HEADER_BYTES - 4, endianness() === 'LE');
      configs += kind === CONFIG ? 1 : 0;
      if (configs > 1) socket.destroy();
      else socket.write(message(kind, { success: true, config: 'bindsym F9 nop voiceinput toggle' }));
    });
  });
  const sway = {
    reload: () => void client?.write(message(WORKSPACE_EVENT, { change: 'reload' })),
    close: () => void server.close(),
  };
  return new Promise((resolve) => server.listen(process.env['SWAYSOCK'], () => resolve(sway)));
}

test('a sway that goes while its configuration is read anew is told of once', async () => {
  const sway = await dyingSway();
  const troubled = vi.fn();
  const keys = await watchSwayKeys({ did: () => undefined, troubled });
  expect(keys.trouble).toBeUndefined();
  sway.reload();
  await expect.poll(() => keys.trouble?.message).toMatch(/sway has gone/);
  await keys.close();
  expect(troubled).toHaveBeenCalledOnce();
  sway.close();
});
