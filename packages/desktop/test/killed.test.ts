import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { openDisplay } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openConnection } from '../src/connection.ts';

const missing = missingForDisplay();

/** Lends keys to a text, types it, holds Shift, copies something, and stays. */
const program = `
  import { openDisplay } from '@voiceinput/desktop';
  import x11 from 'x11';
  const { signal } = new AbortController();
  const { keyboard, clipboard } = await openDisplay(signal);
  await keyboard.send([{ text: 'Привет, 日本 😀' }], signal);
  await clipboard.put('copied');
  x11.createClient((_error, { client }) => client.require('xtest', (_missing, { FakeInput, KeyPress }) => {
    FakeInput(KeyPress, keyboard.keymap.keycodesOf(0xffe1)[0], 0, 0, 0, 0);
    client.sync().then(() => console.log('done'));
  }));
  setInterval(() => {}, 1_000);
`;

describeUnless(missing)('a process that is killed', () => {
  let server: VirtualDisplay;
  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
  });
  afterAll(() => server.close());

  async function keys(): Promise<{ readonly map: unknown; readonly down: ReadonlySet<number> }> {
    const connection = await openConnection(never);
    const { client, firstKeycode, lastKeycode } = connection;
    const map = await ask<unknown>((answer) =>
      client.GetKeyboardMapping(firstKeycode, lastKeycode - firstKeycode + 1, answer),
    );
    const bits = JSON.stringify(await ask<unknown>((answer) => client.QueryKeymap(answer)));
    await connection.close();
    return { map: shortened(map as readonly (readonly number[])[]), down: new Set(/[1-9]/.test(bits) ? [1] : []) };
  }

  /** The server keeps more columns than there were once a key had more; empty ones mean nothing. */
  const shortened = (map: readonly (readonly number[])[]): readonly string[] =>
    map.map((keysyms) => keysyms.join(' ').replace(/(?: 0)+$/, ''));

  test('leaves no key changed and none held once the next one starts, and another that lives keeps its own', async () => {
    const living = await openDisplay(never);
    const before = await keys();
    await living.keyboard.prepare('ё', never);
    const withLiving = await keys();
    expect(withLiving.map).not.toEqual(before.map);

    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: resolve(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout!, 'data');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const left = await keys();
    expect(left.map).not.toEqual(withLiving.map);
    expect(left.down.size).toBe(1);

    const next = await openDisplay(never);
    expect(await keys()).toEqual({ map: withLiving.map, down: new Set() });
    expect(await next.clipboard.text()).toBeUndefined();
    await next.close();
    await living.close();
    expect((await keys()).map).toEqual(before.map);
  });
});
