// What the tray tells of itself: its welcome, troubles, what is missing.

import { chmod, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { unsupported } from '../src/indicator/indicator.ts';
import { missing, trayScene } from './scene.ts';

describeUnless(missing)('the tray', () => {
  const { scene, begin, expectMenu, expectNote, ready, expectTitle } = trayScene();

  test('says what does not work as it should, while it lasts', async () => {
    begin();
    await ready();
    const trouble = {
      code: 'ERR_CONFIG_SYNTAX',
      message: 'config.json is not valid JSON at line 3.',
      hint: 'Mend it.',
    };
    const { profile, hybrid } = scene.daemon.says.status;
    scene.daemon.says.status = { ...scene.daemon.says.status, troubles: [trouble] };
    scene.daemon.tell({ type: 'troubles', troubles: [trouble] });
    await expectTitle('VoiceInput is ready (1 problem)');
    await expectNote('1 problem');
    expect(scene.notifications.notes.at(-1)?.body).toBe('config.json is not valid JSON at line 3. Mend it.');
    await expectMenu('config.json is not valid JSON at line 3.');
    scene.daemon.says.status = { ...scene.daemon.says.status, troubles: [], key: { name: 'F99', trouble } };
    scene.daemon.tell({ type: 'settings', profile, hybrid });
    scene.daemon.says.status = { ...scene.daemon.says.status, key: { name: 'F9' } };
    scene.daemon.tell({ type: 'troubles', troubles: [] });
    await expectTitle('VoiceInput is ready');
  });

  test('welcomes once with what has to be done, and speaks the language of the environment', async () => {
    await rm(join(scene.folder, 'tray.json'));
    const { end, over } = begin({ language: 'ru' });
    await expectNote('VoiceInput работает');
    expect(scene.notifications.notes.at(-1)!.body).toMatch(
      /правую клавишу Ctrl[^]*рабочий стол: .* → Set dictation.key to F9/,
    );
    await expect
      .poll(() => readFile(join(scene.folder, 'tray.json'), 'utf8').catch(() => ''))
      .toContain('"isWelcomed": true');
    end();
    await over;
    begin();
    await ready();
    expect(scene.notifications.notes.filter(({ summary }) => summary.startsWith('VoiceInput'))).toHaveLength(1);
  });

  test('opens the settings page at the first start where nothing is set up, and only then', async () => {
    await rm(join(scene.folder, 'tray.json'));
    scene.daemon.says.status = { ...scene.daemon.says.status, settingsFiles: [] };
    const opened = join(scene.folder, 'opened');
    const executable = ['sh', '-c', `echo "$@" >> ${opened}; echo there`, 'voiceinput', 'serve'];
    const { end, over } = begin({ executable });
    await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toBe('settings --json\n');
    end();
    await over;
    begin({ executable });
    await ready();
    expect(await readFile(opened, 'utf8')).toBe('settings --json\n');
  });

  test('says to its user that the daemon does not let it in', async () => {
    await chmod(join(scene.folder, 'daemon.json'), 0o644);
    const { over } = begin();
    await expect(over).rejects.toMatchObject({ code: 'ERR_DAEMON_REFUSED' });
    expect(scene.notifications.notes.map(({ summary }) => summary)).toContain(
      'VoiceInput refused the connection of the tray',
    );
  });

  test('says what is missing without a session', async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(scene.folder, 'nobody')}`;
    await expect(begin().over).rejects.toMatchObject({ code: 'ERR_DISPLAY_MISSING' });
  });
});

test('says that other systems are not supported', () => {
  expect(unsupported('aix').message).toBe('The tray does not run on aix, only on Linux, macOS and Windows.');
  expect(unsupported('aix').hint).toContain('voiceinput toggle');
});
