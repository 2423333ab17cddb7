import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '@voiceinput/client';
import { missingForSway, openSway } from '@voiceinput/rig/sway';
import type { Sway } from '@voiceinput/rig/sway';
import { describeUnless } from '@voiceinput/rig/unless';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const presses = Number(process.env['VOICEINPUT_KEY_PRESSES'] ?? 2);
const F9 = 0xffc6;
const ESCAPE = 0xff1b;
const missing = missingForSway();

describeUnless(missing)('on sway', () => {
  const folder = ownFolder();
  let desk: Sway;
  let daemon: Daemon;
  let client: Client;

  beforeAll(async () => {
    desk = await openSway();
    const { SWAYSOCK = '', WAYLAND_DISPLAY = '', XDG_RUNTIME_DIR = '' } = process.env;
    const env = { SWAYSOCK, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, DISPLAY: '' };
    daemon = await startDaemon({ folder, env, dictation: { key: 'F9', sink: nowhere } });
    client = await daemon.connect();
  });
  afterAll(async () => {
    client?.close();
    daemon?.child.kill('SIGTERM');
    await daemon?.ended;
    await desk?.close();
  });

  const keyOf = async () => (await client.call('status', {})).key;
  const recording = async () => (await client.call('status', {})).recording;

  test('keys that are not bound yet are told with what binds them; once bound they begin and end a dictation', async () => {
    expect(await keyOf()).toMatchObject({
      name: 'F9',
      trouble: { code: 'ERR_DESKTOP', hint: expect.stringMatching(/voiceinput keys --set/) },
    });
    const { exitCode } = await voiceinput(['keys', '--set'], { folder, env: daemon.env });
    expect(exitCode).toBe(0);
    const events = await eventsOf(client);
    const release = await desk.user.hold(F9);
    await expect.poll(() => events.some(({ stage }) => stage === 'partial')).toBe(true);
    await release();
    await expect.poll(() => events.some(({ type }) => type === 'session-ended')).toBe(true);
    expect(await keyOf()).toEqual({ name: 'F9' });
    const sessionId = String(events.find(({ type }) => type === 'session-started')?.['sessionId']);
    expect(await client.call('result', { sessionId })).toMatchObject({
      text: expect.stringMatching(/\w{3}/),
      outcome: 'done',
    });
  });

  test(
    `it begins at once (${presses} presses), and Escape drops it`,
    { timeout: 60_000 + presses * 5_000 },
    async () => {
      const tookMs: number[] = [];
      let startedAtMs = 0;
      client.onEvent(({ type }) => {
        if (type === 'session-started') startedAtMs = performance.now();
      });
      await client.call('watch', {});
      for (let press = 0; press < presses; press += 1) {
        startedAtMs = 0;
        const pressedAtMs = performance.now();
        const release = await desk.user.hold(F9);
        await expect.poll(() => startedAtMs).not.toBe(0);
        tookMs.push(startedAtMs - pressedAtMs);
        await expect.poll(async () => (await recording()) !== undefined).toBe(true);
        await desk.user.key(ESCAPE);
        await expect.poll(recording).toBeUndefined();
        await release();
      }
      const sorted = tookMs.toSorted((a, b) => a - b);
      const at = (share: number): string => sorted[Math.ceil(share * presses) - 1]!.toFixed(0);
      process.stdout.write(`key → dictation: ${at(0.5)} ms p50, ${at(0.95)} ms p95\n`);
    },
  );
});
