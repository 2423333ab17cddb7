import type { Client, Finding } from '@voiceinput/client';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openPortal } from '@voiceinput/rig/portal';
import type { PrivateBus } from '@voiceinput/rig/bus';
import type { Portal } from '@voiceinput/rig/portal';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const missing = missingForBus();

describeUnless(missing)('on Wayland', () => {
  const folder = ownFolder();
  let bus: PrivateBus;
  let desktop: Portal;
  let daemon: Daemon;
  let client: Client;
  const keyOf = async () => (await client.call('status', {})).key;

  beforeAll(async () => {
    bus = await openPrivateBus();
    desktop = await openPortal(bus);
    const env = { WAYLAND_DISPLAY: 'wayland-9', DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: bus.address };
    daemon = await startDaemon({ folder, env, dictation: { key: 'Control_R', sink: { use: 'sink-desktop' } } });
    client = await daemon.connect();
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await desktop.close();
    await bus.close();
  });

  test('what is said while the desktop’s key is held goes into the history, where no field can be reached', async () => {
    await expect.poll(keyOf).toEqual({ name: 'Super+D' });
    const events = await eventsOf(client);
    desktop.press();
    await expect.poll(() => events.some(({ stage }) => stage === 'partial')).toBe(true);
    desktop.release();
    const sessionId = String(events.find(({ type }) => type === 'session-started')?.['sessionId']);
    const { text, outcome } = await client.call('result', { sessionId });
    expect({ text, outcome }).toMatchObject({ text: expect.stringMatching(/\w{3}/), outcome: 'done' });
    const edits = events.filter(({ type }) => type === 'edit').map((event) => event['outcome']);
    expect(edits[0]).toMatchObject({ kind: 'offered', reason: 'not-reachable' });
  });

  test('doctor says what the daemon knows of the key', async () => {
    const { stdout } = await voiceinput(['doctor', '--json'], { folder, env: daemon.env });
    const findings = JSON.parse(stdout) as readonly Finding[];
    expect(findings).toContainEqual({ what: 'key', state: 'works', detail: 'Super+D' });
    expect(findings.find(({ what }) => what === 'desktop')).toMatchObject({
      state: 'limited',
      detail: expect.stringMatching(/^Wayland .* no accessibility bus/),
      fix: expect.stringMatching(/at-spi2-core/),
    });
  });

  test('a key that is taken away is told, with what to do', async () => {
    desktop.endSessions();
    await expect.poll(keyOf).toMatchObject({
      name: 'Control_R',
      trouble: { code: 'ERR_DESKTOP', message: expect.stringMatching(/revoked the dictation key/) },
    });
    const { stdout } = await voiceinput(['status'], { folder, env: daemon.env });
    expect(stdout).toMatch(/^key .*revoked the dictation key.*\n +Restart the daemon/m);
    const { findings } = await client.call('doctor', {});
    expect(findings.find(({ what }) => what === 'key')).toMatchObject({
      state: 'limited',
      detail: expect.stringMatching(/revoked the dictation key/),
    });
  });
});
