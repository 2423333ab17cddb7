import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingPortal, watchShortcut } from '@voiceinput/desktop';
import type { Shortcut } from '@voiceinput/desktop';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openPortal } from '@voiceinput/rig/portal';
import type { PrivateBus } from '@voiceinput/rig/bus';
import type { Portal, PortalOptions } from '@voiceinput/rig/portal';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterEach, beforeEach, expect, test } from 'vitest';

const missing = missingForBus();

describeUnless(missing)('a key that the portal of the desktop gives', () => {
  const before = { ...process.env };
  let folder: string;
  let bus: PrivateBus;
  let portal: Portal | undefined;
  let shortcut: Shortcut;
  let told: string[];
  let troubles: ErrorReport[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'voiceinput-portal-'));
    bus = await openPrivateBus();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
    process.env['XDG_DATA_HOME'] = folder;
    told = [];
    troubles = [];
    portal = undefined;
  });
  afterEach(async () => {
    await shortcut.close();
    await portal?.close();
    await bus.close();
    rmSync(folder, { recursive: true });
    Object.assign(process.env, before);
  });

  function watch(key = 'F9'): void {
    shortcut = watchShortcut({
      key,
      pressed: () => told.push('pressed'),
      released: () => told.push('released'),
      troubled: (error) => troubles.push(error.toJSON()),
    });
  }

  async function given(options: PortalOptions = {}, key?: string): Promise<Portal> {
    portal = await openPortal(bus, options);
    watch(key);
    await expect.poll(() => shortcut.trouble).toBeUndefined();
    return portal;
  }

  test('is pressed and released', async () => {
    const desktop = await given();
    expect(shortcut.description).toBe('F9');
    expect(await missingPortal()).toBeUndefined();
    expect(desktop.asked).toEqual([{ id: 'dictate', proposed: 'F9' }]);
    desktop.press();
    await expect.poll(() => told).toEqual(['pressed']);
    desktop.release();
    await expect.poll(() => told).toEqual(['pressed', 'released']);
    expect(troubles).toEqual([]);
  });

  test('is asked for as a program that the desktop can know', async () => {
    const desktop = await given();
    expect(desktop.registered).toEqual(['org.voiceinput.VoiceInput']);
    const file = join(folder, 'applications', 'org.voiceinput.VoiceInput.desktop');
    expect(readFileSync(file, 'utf8')).toMatch(/^\[Desktop Entry\]\n(.+\n)*Name=VoiceInput\n/);
  });

  test('is not repeated while it is held', async () => {
    const desktop = await given();
    for (const act of [desktop.press, desktop.press, desktop.release, desktop.release]) act();
    await expect.poll(() => told).toContain('released');
    await sleep(50);
    expect(told).toEqual(['pressed', 'released']);
  });

  test('is proposed with its modifiers as desktops write them', async () => {
    const desktop = await given({}, 'Super+Alt+Space');
    expect(desktop.asked).toEqual([{ id: 'dictate', proposed: 'LOGO+ALT+space' }]);
  });

  test('is not proposed when it is a modifier: the user chooses', async () => {
    const desktop = await given({}, 'Control_R');
    expect(desktop.asked).toEqual([{ id: 'dictate', proposed: undefined }]);
    expect(shortcut.description).toBe('Super+D');
  });

  test('has not been given while the user is asked, and that does not hold anything up', async () => {
    portal = await openPortal(bus, { user: 'does-not-answer' });
    watch();
    const desktop = portal;
    await expect.poll(() => desktop.asked).toHaveLength(1);
    expect(shortcut.trouble).toMatchObject({ code: 'ERR_DESKTOP', message: expect.stringMatching(/not given/) });
    await shortcut.close();
  });

  test('that the user refuses', async () => {
    portal = await openPortal(bus, { user: 'refuses' });
    watch();
    await expect.poll(() => troubles).toHaveLength(1);
    expect(shortcut.trouble).toMatchObject({
      code: 'ERR_DESKTOP',
      message: expect.stringMatching(/declined/),
      hint: expect.stringMatching(/voiceinput toggle/),
    });
    await sleep(1_500);
    expect(portal.asked, 'nobody is asked twice').toHaveLength(1);
  });

  test('that nobody assigned, until somebody does', async () => {
    portal = await openPortal(bus, { user: 'assigns-no-key' });
    watch();
    await expect.poll(() => shortcut.trouble?.message).toMatch(/No key is assigned/);
    portal.assign('Ctrl+Alt+D');
    await expect.poll(() => shortcut.trouble).toBeUndefined();
    expect(shortcut.description).toBe('Ctrl+Alt+D');
    portal.press();
    await expect.poll(() => told).toEqual(['pressed']);
  });

  test('where there is no portal, nor a bus', async () => {
    watch();
    await expect.poll(() => troubles).toHaveLength(1);
    expect(troubles[0]).toMatchObject({
      code: 'ERR_DESKTOP',
      message: expect.stringMatching(/no GlobalShortcuts portal/),
      hint: expect.stringMatching(/voiceinput toggle/),
    });
    expect((await missingPortal())?.toJSON()).toEqual(troubles[0]);
    await shortcut.close();
    process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(folder, 'nowhere')}`;
    watch();
    await expect.poll(() => troubles).toHaveLength(2);
    expect(troubles[1]).toMatchObject({ code: 'ERR_DESKTOP' });
  });

  test('that the desktop takes away is released, and says so', async () => {
    const desktop = await given();
    desktop.press();
    desktop.endSessions();
    await expect.poll(() => told).toEqual(['pressed', 'released']);
    expect(troubles.map(({ message }) => message)).toEqual([expect.stringMatching(/revoked the dictation key/)]);
    expect(shortcut.description).toBeUndefined();
  });

  test('comes back when the portal is restarted', async () => {
    const desktop = await given();
    desktop.press();
    await expect.poll(() => told).toEqual(['pressed']);
    await desktop.close();
    await expect.poll(() => told).toEqual(['pressed', 'released']);
    expect(shortcut.trouble).toMatchObject({ code: 'ERR_DESKTOP' });

    const next = await openPortal(bus);
    portal = next;
    await expect.poll(() => shortcut.trouble).toBeUndefined();
    expect(next.registered).toHaveLength(1);
    next.press();
    await expect.poll(() => told).toEqual(['pressed', 'released', 'pressed']);
  });

  test('is gone with the bus', async () => {
    await given();
    portal = undefined;
    await bus.close();
    await expect.poll(() => shortcut.trouble?.message).toMatch(/bus was lost/);
  });

  test('is given back', async () => {
    const desktop = await given();
    expect(desktop.sessions).toBe(1);
    await shortcut.close();
    await expect.poll(() => desktop.sessions).toBe(0);
    desktop.press();
    await sleep(50);
    expect(told).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
