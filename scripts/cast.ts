// What the cast in the README shows: a dictation into a real editor, mended while its user types on. Needs what the
// tests of the desktop need, and ffmpeg.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsOf, startDaemon } from '../apps/cli/test/daemon/daemon.ts';
import type { HistoryEntry } from '../packages/client/dist/index.js';
import { missingForDesk, openDesk, RIGHT_CONTROL } from '../apps/cli/test/daemon/desk.ts';

const PICTURE = resolve(import.meta.dirname, '../docs/pictures/dictation.gif');
const SPEECH = resolve(import.meta.dirname, '../apps/cli/sample/sample.flac');
/** The editor's window with its shadow, and below it the overlay of the tray. */
const AREA = { left: 290, top: 380, width: 700, height: 400 };
const WINDOW = { left: 290, top: 380, width: 700, height: 320 };
const TRAY = resolve(import.meta.dirname, '../apps/tray/dist/main.js');
const MOST_TAKES = 8;
const FRAMES_A_SECOND = 12;

const missing = missingForDesk();
if (missing !== undefined) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), 'voiceinput-cast-'));
const desk = await openDesk();
const children: ChildProcess[] = [];

function start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(program, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...desk.env, ...env },
  });
  children.push(child);
  return child;
}

async function run(program: string, ...args: string[]): Promise<void> {
  const [code] = (await once(start(program, args), 'exit')) as [number];
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
}

try {
  const daemon = await startDaemon({
    folder,
    env: desk.env,
    dictation: { key: 'Control_R', source: { use: 'source-microphone' }, sink: { use: 'sink-desktop' } },
  });
  const client = await daemon.connect();
  const events = await eventsOf(client);
  const came = async (is: (event: (typeof events)[number]) => boolean): Promise<void> => {
    while (!events.some(is)) await sleep(20);
  };

  const note = join(folder, 'note.txt');
  writeFileSync(note, '');
  start('gnome-text-editor', ['--standalone', note], { HOME: folder });
  const at = [String(WINDOW.left), String(WINDOW.top)];
  const size = [String(WINDOW.width), String(WINDOW.height)];
  const place = ['windowsize', '%@', ...size, 'windowmove', '%@', ...at];
  await run('xdotool', 'search', '--sync', '--onlyvisible', '--name', 'note.txt', ...place, 'windowactivate', '%1');
  await sleep(1_500);

  start(process.execPath, [TRAY, '--language', 'en'], daemon.env);
  await sleep(3_000);

  const film = join(folder, 'cast.mkv');
  // Which words a draft gets wrong differs from take to take; where it gets none wrong there is nothing to see.
  for (let takes = 1; ; takes += 1) {
    const { draft, text } = await take(film);
    if (draft !== text) break;
    if (takes === MOST_TAKES) throw new Error(`The draft was right ${MOST_TAKES} times.`);
    await run('xdotool', 'key', 'ctrl+a', 'Delete');
  }

  async function take(path: string): Promise<HistoryEntry> {
    events.length = 0;
    const { left, top, width, height } = AREA;
    const area = ['-video_size', `${width}x${height}`, '-i', `${desk.env['DISPLAY']}+${left},${top}`];
    const pace = ['-framerate', String(FRAMES_A_SECOND)];
    const camera = start('ffmpeg', ['-y', '-f', 'x11grab', '-draw_mouse', '0', ...pace, ...area, path]);
    await sleep(1_000);
    await desk.key('keydown', RIGHT_CONTROL);
    await came(({ type }) => type === 'audio-started');
    await desk.sound.microphone.say(SPEECH);
    await desk.key('keyup', RIGHT_CONTROL);
    await came(({ type }) => type === 'edit');
    await run('xdotool', 'type', '--delay', '90', ' See you then, and thank you. Anna');
    await came(({ type }) => type === 'session-ended');
    await sleep(2_000);
    camera.stdin!.end('q');
    await once(camera, 'exit');
    const { sessionId } = events.find(({ type }) => type === 'session-ended') as unknown as { sessionId: string };
    return client.call('result', { sessionId });
  }

  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;

  const colours = 'split[a][b];[a]palettegen=max_colors=48[p];[b][p]paletteuse=dither=none';
  await run('ffmpeg', '-y', '-i', film, '-vf', colours, PICTURE);
  process.stdout.write(`${PICTURE}: ${Math.round(statSync(PICTURE).size / 1000)} kB\n`);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await desk.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
