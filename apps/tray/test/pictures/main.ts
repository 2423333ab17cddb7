// Which pictures docs/TRAY.md has, and makes them: node --import jiti/register apps/tray/test/pictures/main.ts
// Needs xvfb, dbus, xfwm4, xfce4-panel, xfce4-notifyd, mousepad and xdotool (apt-get).

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTray } from '@voiceinput/tray';
import { entry, startSmallDaemon } from '../small-daemon.ts';
import { openXfce } from './desktop.ts';
import { pngOf, statesPicture } from './states.ts';

const folder = resolve(import.meta.dirname, '../../../../docs/pictures/tray');
await mkdir(folder, { recursive: true });
const save = (name: string, png: Buffer): Promise<void> => writeFile(join(folder, name), png);
/** Where notifications are, where the panel shows the icon, and where its menu says "Recent dictations" and the newest of them. */
const NOTIFICATION = ['1060', '60'];
const ICON = ['1268', '784'];
const LAST_DICTATIONS = ['1100', '522'];
const NEWEST = ['750', '522'];

await save('states.png', await statesPicture());

const desktop = await openXfce();
const ending = new AbortController();
const daemon = await startSmallDaemon(desktop.folder);
daemon.says.entries = [
  entry,
  { ...entry, id: 'b', startedAt: '2026-11-21T03:02:40.000Z', text: 'Thanks, the report looks good to me.' },
  { ...entry, id: 'c', startedAt: '2026-11-21T02:57:11.000Z', text: 'Could you send me the numbers for October?' },
];
const warn = (error: Error): void => void process.stderr.write(`${error.message}\n`);
const over = runTray({ signal: ending.signal, folder: desktop.folder, language: 'en', warn });
over.catch(warn);
try {
  await sleep(3_000);
  await save('welcome.png', await pngOf(await desktop.look(), { x: 840, y: 0, width: 440, height: 165 }));
  await desktop.xdotool('mousemove', ...NOTIFICATION, 'click', '1');
  await desktop.xdotool('mousemove', ...ICON, 'click', '3');
  await desktop.xdotool('mousemove', ...LAST_DICTATIONS, 'click', '1');
  await desktop.xdotool('mousemove', ...NEWEST, 'click', '1');
  await save('menu.png', await pngOf(await desktop.look(), { x: 380, y: 370, width: 900, height: 430 }));
  await desktop.xdotool('key', 'Escape', 'key', 'Escape', 'key', 'Escape');
  await desktop.xdotool('mousemove', '300', '300', 'click', '1', 'type', 'The minutes of today. ');

  await desktop.xdotool('mousemove', ...ICON, 'click', '1');
  const segment = { sessionId: 'a', segmentId: 's', startSample: 0, endSample: 9 };
  daemon.tell({ type: 'level', sessionId: 'a', level: 0.1 });
  daemon.tell({ type: 'text', ...segment, stage: 'partial', text: 'so i think we should meet on' });
  await desktop.xdotool('mousemove', '700', '300');
  await save('overlay.png', await pngOf(await desktop.look(), { x: 340, y: 620, width: 940, height: 180 }));

  daemon.tell({ type: 'state' });
  daemon.tell({ type: 'text', ...segment, stage: 'refined', text: 'So, I think we should meet on Wednesday.' });
  daemon.tell({ type: 'edit', ...segment, revision: 2, outcome: { kind: 'offered', reason: 'user-edited' } });
  daemon.tell({ type: 'session-ended', sessionId: 'a', outcome: 'done' });
  await sleep(1_500);
  await save('offered.png', await pngOf(await desktop.look(), { x: 840, y: 0, width: 440, height: 150 }));
} finally {
  ending.abort();
  await over.catch(() => undefined);
  await daemon.close();
  await desktop.close();
}
