// The tray goes on through whatever goes away: daemon, panel, notifications.

import { openPanel } from '@voiceinput/rig/panel';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { missing, trayScene } from './scene.ts';
import { startSmallDaemon } from './small-daemon.ts';

describeUnless(missing)('the tray', () => {
  const { scene, begin, expectNote, ready, expectTitle } = trayScene();

  test('tells that the daemon went away, comes back with it, and is silent when the user ended it', async () => {
    begin();
    await ready();
    await scene.daemon.close();
    await expectTitle('VoiceInput is not running');
    await expectNote('VoiceInput has stopped');
    expect((await scene.panel.menu()).map(({ label }) => label)).toContain('Start VoiceInput');
    scene.daemon = await startSmallDaemon(scene.folder);
    await ready();
    await expect.poll(() => scene.notifications.closed.length).toBe(1);
    const before = scene.notifications.notes.length;
    await scene.panel.click('Stop VoiceInput');
    await expectTitle('VoiceInput is not running');
    expect(scene.notifications.notes.slice(before)).toEqual([]);
  });

  test('ends also when whoever shows notifications does not answer', async () => {
    const { over } = begin();
    let hasEnded = false;
    void over.then(() => (hasEnded = true));
    await ready();
    scene.notifications.freeze();
    await scene.panel.activate();
    await expectNote('Listening …');
    await scene.panel.click('Quit the tray');
    await expect.poll(() => hasEnded, { timeout: 15_000 }).toBe(true);
  });

  test('comes back into a panel that was restarted', async () => {
    const { warnings } = begin();
    await ready();
    scene.panel.close();
    await expect.poll(() => warnings.some((warning) => warning.includes('No panel'))).toBe(true);
    scene.panel = await openPanel(scene.bus.address);
    await ready();
  });

  test('there is one tray; it ends with its menu, and with the session', async () => {
    const first = begin();
    await ready();
    await expect(begin().over).rejects.toThrow(/already running/);
    await scene.panel.click('Quit the tray');
    await first.over;
    const second = begin();
    await expect.poll(() => scene.panel.registered.length).toBe(2);
    await scene.bus.close();
    await expect(second.over).rejects.toMatchObject({ code: 'ERR_DESKTOP' });
  });
});
