// Whether a dictation in the terminal that has the focus keeps out of that terminal's prompt.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../voiceinput/run.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { startDaemon } from './daemon.ts';

const missing = missingForDisplay() ?? missingPrograms('xterm', 'xfwm4', 'script', 'xdotool');

describeUnless(missing)('a dictation in the terminal that has the focus', () => {
  withModels();
  const folder = ownFolder();
  const children: ChildProcess[] = [];
  let display: VirtualDisplay;
  beforeAll(async () => {
    display = await openVirtualDisplay();
  });
  afterAll(async () => {
    for (const child of children.toReversed()) child.kill('SIGKILL');
    await display.close();
  });

  test('is shown there and typed nowhere', async () => {
    const env = { DISPLAY: display.name, XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' };
    const daemon = await startDaemon({ folder, env });
    const shown = join(folder, 'shown');
    const all = { ...process.env, ...env, ...daemon.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const start = (program: string, ...args: string[]): void =>
      void children.push(spawn(program, args, { stdio: 'ignore', env: all }));
    start('xfwm4');
    // The shell goes on reading: what is typed would stand in its line.
    const line = join(folder, 'line');
    const dictation = join(folder, 'dictation.sh');
    const focused = 'until xdotool getactivewindow 2> /dev/null; do sleep 0.1; done';
    writeFileSync(
      dictation,
      `${focused}\n'${process.execPath}' '${main}' dictate\nread -t 2 rest; echo "$rest." > '${line}'\n`,
    );
    start('xterm', '-e', 'script', '-qfec', `bash ${dictation}`, shown);
    await expect.poll(() => existsSync(line)).toBe(true);
    expect(readFileSync(shown, 'utf8')).toMatch(/This terminal has the focus, so the text is only shown here/);
    expect(readFileSync(line, 'utf8')).toBe('.\n');
    daemon.child.kill('SIGTERM');
    await daemon.ended;
  });
});
