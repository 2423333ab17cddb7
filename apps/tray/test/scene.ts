// How tests run the tray: on a bus of its own, with a panel, notifications and a daemon that only the test moves.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import type { PrivateBus } from '@voiceinput/rig/bus';
import { openNotificationServer, openPanel } from '@voiceinput/rig/panel';
import type { NotificationServer, Panel } from '@voiceinput/rig/panel';
import { runTray } from '@voiceinput/tray';
import type { TrayOptions } from '@voiceinput/tray';
import { afterEach, beforeEach, expect } from 'vitest';
import { startSmallDaemon } from './small-daemon.ts';
import type { SmallDaemon } from './small-daemon.ts';

/** What the tray's tests lack here. Absent: nothing. */
export const missing = process.platform === 'linux' ? missingForBus() : 'The tray is for Linux.';

interface Around {
  /** Of the daemon. */
  folder: string;
  bus: PrivateBus;
  panel: Panel;
  notifications: NotificationServer;
  daemon: SmallDaemon;
}

/** What is around the tray in the tests of this group: new for each of them, and closed with it. */
export function trayScene() {
  const scene = {} as Around;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    scene.folder = join(await mkdtemp(join(tmpdir(), 'voiceinput-tray-')), 'run');
    await mkdir(scene.folder, { mode: 0o700 });
    await writeFile(join(scene.folder, 'tray.json'), '{"isWelcomed":true}');
    scene.bus = await openPrivateBus();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = scene.bus.address;
    // Without a display there is no overlay, and notifications tell everything.
    delete process.env['DISPLAY'];
    scene.panel = await openPanel(scene.bus.address);
    scene.notifications = await openNotificationServer(scene.bus.address);
    scene.daemon = await startSmallDaemon(scene.folder);
    // Its user has set it up.
    scene.daemon.says.status = { ...scene.daemon.says.status, settingsFiles: ['/home/ann/config.json'] };
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    await scene.daemon.close();
    scene.notifications.close();
    scene.panel.close();
    await scene.bus.close();
    await rm(join(scene.folder, '..'), { recursive: true });
  });

  /** Begins the tray; gives what it warned of. */
  function begin(options: Partial<TrayOptions> = {}) {
    const ending = new AbortController();
    const warnings: string[] = [];
    const over = runTray({
      signal: ending.signal,
      folder: scene.folder,
      language: 'en',
      warn: ({ message }) => warnings.push(message),
      ...options,
    });
    // Tests look at it later.
    over.catch(() => undefined);
    ends.push(async () => {
      ending.abort();
      await over.catch(() => undefined);
    });
    return { over, warnings, end: () => ending.abort() };
  }

  return { scene, begin, ...waitingIn(scene) };
}

function waitingIn(scene: Around) {
  async function expectTitle(title: string): Promise<void> {
    await expect.poll(() => (scene.panel.registered.length > 0 ? scene.panel.title() : undefined)).toBe(title);
  }
  async function expectMenu(words: string | RegExp): Promise<void> {
    await expect.poll(async () => JSON.stringify(await scene.panel.menu())).toMatch(words);
  }
  return {
    expectTitle,
    expectMenu,
    async expectAsked(method: string, params: object): Promise<void> {
      await expect.poll(() => scene.daemon.asked.at(-1)).toEqual({ method, params });
    },
    async expectNote(summary: string): Promise<void> {
      await expect.poll(() => scene.notifications.notes.at(-1)?.summary).toBe(summary);
    },
    async ready(): Promise<void> {
      await expectTitle('VoiceInput is ready');
      await expectMenu(/Moonshine Base.*Reload replacements/);
    },
  };
}
