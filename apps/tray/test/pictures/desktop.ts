// The desktop that is photographed: Xfce with its panel, its notifications and an editor.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openVirtualDisplay } from '@voiceinput/rig/display';
import type { Screen } from '@voiceinput/rig/display';
import { openPrivateBus } from '@voiceinput/rig/bus';

export interface Desktop {
  readonly folder: string;
  look(): Promise<Screen>;
  xdotool(...args: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A panel at the lower edge with the icons of programs at its right end. */
const PANEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=10;x=640;y=780"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray"/>
  </property>
</channel>
`;

const NOTIFICATIONS = '/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd';

/** Sets this process's environment to it. */
export async function openXfce(): Promise<Desktop> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-pictures-'));
  const settings = join(folder, 'xfce4/xfconf/xfce-perchannel-xml');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'xfce4-panel.xml'), PANEL);
  await writeFile(join(folder, 'minutes.txt'), '');
  const display = await openVirtualDisplay();
  Object.assign(process.env, {
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_RUNTIME_DIR: folder,
    DISPLAY: display.name,
    GTK_THEME: 'Adwaita',
    LC_ALL: 'C.UTF-8',
  });
  // What the bus starts, such as the settings of Xfce, has the environment of the bus.
  const bus = await openPrivateBus();
  process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
  const children: ChildProcess[] = [];
  const start = (program: string, ...args: readonly string[]): ChildProcess => {
    const child = spawn(program, [...args], { stdio: 'ignore' });
    children.push(child);
    return child;
  };
  start('xfwm4');
  start('xfce4-panel');
  start(NOTIFICATIONS);
  await sleep(3_000);
  start('mousepad', '--disable-server', join(folder, 'minutes.txt'));
  await sleep(3_000);
  return {
    folder,
    look: () => display.look(),
    async xdotool(...args) {
      const child = start('xdotool', ...args);
      await new Promise((resolve) => child.once('exit', resolve));
      await sleep(1_200);
    },
    async close() {
      for (const child of children.toReversed()) child.kill('SIGKILL');
      await display.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
