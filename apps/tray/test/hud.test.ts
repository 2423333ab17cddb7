import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { runTray } from '@voiceinput/tray';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { colors } from '../src/draw/glyphs.ts';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openNotificationServer, openPanel } from '@voiceinput/rig/panel';
import type { PrivateBus } from '@voiceinput/rig/bus';
import type { NotificationServer, Panel } from '@voiceinput/rig/panel';
import { describeUnless } from '@voiceinput/rig/unless';
import { startSmallDaemon } from './small-daemon.ts';
import type { SmallDaemon } from './small-daemon.ts';

const missing = process.platform === 'linux' ? (missingForBus() ?? missingForDisplay()) : 'The tray is for Linux.';

describeUnless(missing)('the overlay of the tray', () => {
  const ending = new AbortController();
  let folder: string;
  let bus: PrivateBus;
  let display: VirtualDisplay;
  let panel: Panel;
  let notifications: NotificationServer;
  let daemon: SmallDaemon;
  let over: Promise<void>;
  const warnings: string[] = [];

  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'voiceinput-hud-')), 'run');
    await mkdir(folder, { mode: 0o700 });
    await writeFile(join(folder, 'tray.json'), '{"isWelcomed":true}');
    bus = await openPrivateBus();
    display = await openVirtualDisplay();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
    process.env['DISPLAY'] = display.name;
    panel = await openPanel(bus.address);
    notifications = await openNotificationServer(bus.address);
    daemon = await startSmallDaemon(folder);
    const warn = ({ message }: Error): void => void warnings.push(message);
    over = runTray({ signal: ending.signal, folder, language: 'en', warn });
    over.catch(() => undefined);
  });
  afterAll(async () => {
    ending.abort();
    await over.catch(() => undefined);
    await daemon.close();
    notifications.close();
    panel.close();
    await display.close();
    await bus.close();
    await rm(join(folder, '..'), { recursive: true });
  });

  /** How many pixels of the screen have the colour of a sign. */
  async function pixelsOf(color: string): Promise<number> {
    const { rgb } = await display.look();
    const wanted = Buffer.from(color.slice(1), 'hex');
    let count = 0;
    for (let at = 0; at < rgb.length; at += 3) if (rgb.subarray(at, at + 3).equals(wanted)) count += 1;
    return count;
  }
  const OFTEN = { interval: 100 };
  async function isSeen(sign: keyof typeof colors): Promise<void> {
    await expect.poll(() => pixelsOf(colors[sign]), OFTEN).toBeGreaterThan(100);
  }

  test('shows each stage, and then nothing', async () => {
    await expect.poll(() => (panel.registered.length > 0 ? panel.title() : '')).toBe('VoiceInput is ready');
    await panel.click('Start dictation');
    await isSeen('listening');
    const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
    daemon.tell({ type: 'text', ...segment, stage: 'partial', text: 'i think we should meet' });
    await panel.click('Stop and insert');
    await isSeen('draft');
    daemon.tell({ type: 'run-started', sessionId: 'a', segmentId: 's', lane: 'refine', stage: 'refined' });
    await isSeen('refining');
    daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'I think we should meet.' });
    daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
    await isSeen('refined');
    // What is on the screen need not be told twice.
    expect(notifications.notes).toEqual([]);
    await expect.poll(() => pixelsOf(colors.refined)).toBe(0);
    expect(await panel.title()).toBe('VoiceInput is ready');
  });

  test('can be switched off', async () => {
    await panel.click('Show the overlay');
    await expect
      .poll(async () => (await panel.menu()).find(({ label }) => label === 'Show the overlay')?.ticked)
      .toBe(false);
    await panel.activate();
    await expect.poll(() => panel.title()).toBe('Listening …');
    expect(await pixelsOf(colors.listening)).toBe(0);
    await panel.click('Show the overlay');
    await isSeen('listening');
  });

  test('a display that goes away is told once; the rest goes on', async () => {
    await display.close();
    await expect.poll(() => warnings).toEqual(['The connection to the display was lost.']);
    await expect.poll(async () => (await panel.menu()).map(({ label }) => label)).not.toContain('Show the overlay');
    // From now on notifications say what the overlay said.
    expect(notifications.notes.map(({ summary }) => summary)).toEqual(['Listening …']);
    await panel.activate();
    await expect.poll(() => panel.title()).not.toBe('Listening …');
  });
});
