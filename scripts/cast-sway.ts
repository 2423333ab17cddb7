// What docs/HYBRID_APPROACH_GUIDE.md shows: a dictation into a page in Chromium on sway, mended while its user types on. Needs what the
// tests on sway need, Chromium and ffmpeg.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eventsOf, startDaemon } from '../apps/cli/test/daemon/daemon.ts';
import type { HistoryEntry } from '../packages/client/dist/index.js';
import { openSoundRig } from '../packages/rig/dist/sound/index.js';
import { missingForSway, openSway } from '../packages/rig/dist/sway/index.js';

const execute = promisify(execFile);
const PICTURE = resolve(import.meta.dirname, '../docs/pictures/chromium-on-sway.gif');
const SPEECH = resolve(import.meta.dirname, '../apps/cli/sample/sample.flac');
const F9 = 0xffc6;
const MOST_TAKES = 8;
const FRAMES_A_SECOND = 10;
const PAGE = `<!doctype html><meta charset="utf-8"><title>New message</title>
  <style>body { font: 20px sans-serif; margin: 16px; } textarea { font: inherit; width: 100%; height: 200px; box-sizing: border-box; padding: 8px; }</style>
  <textarea autofocus></textarea>
  <script>const text = document.querySelector('textarea'); setInterval(() => { document.title = text.value === '' ? 'New message' : 'New message: ' + text.value; }, 50);</script>`;
const CONFIGURATION = `output HEADLESS-1 resolution 700x400
bindsym --no-repeat F9 nop voiceinput start
bindsym --release F9 nop voiceinput stop`;

const missing = missingForSway('chromium', 'ffmpeg');
if (missing !== undefined) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), 'voiceinput-cast-'));
const sound = await openSoundRig();
const desk = await openSway({ configuration: CONFIGURATION });

try {
  const page = desk.file('message.html');
  writeFileSync(page, PAGE);
  const flags = '--no-sandbox --no-first-run --disable-gpu --ozone-platform=wayland --test-type'.split(' ');
  const profile = `--user-data-dir=${join(desk.folder, 'chromium')}`;
  const browser = await desk.open(['chromium', ...flags, profile, `file://${page}`], 'chromium');
  while (!browser.title().startsWith('New message')) await sleep(100);

  const { SWAYSOCK = '', WAYLAND_DISPLAY = '', XDG_RUNTIME_DIR = '', DBUS_SESSION_BUS_ADDRESS = '' } = process.env;
  const env = { ...sound.env, SWAYSOCK, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS, DISPLAY: '' };
  const daemon = await startDaemon({
    folder,
    env,
    dictation: { key: 'F9', source: { use: 'source-microphone' }, sink: { use: 'sink-desktop' } },
  });
  const client = await daemon.connect();
  const events = await eventsOf(client);
  const came = async (is: (event: (typeof events)[number]) => boolean): Promise<void> => {
    while (!events.some(is)) await sleep(20);
  };

  // Which words a draft gets wrong differs from take to take; where it gets none wrong there is nothing to see.
  let frames: readonly Frame[];
  for (let takes = 1; ; takes += 1) {
    const { entry, film } = await take(join(folder, String(takes)));
    frames = film;
    process.stdout.write(`${entry.text}\n${browser.title()}\n`);
    if (entry.draft !== entry.text) break;
    if (takes === MOST_TAKES) throw new Error(`The draft was right ${MOST_TAKES} times.`);
    await desk.user.key(0x61, 0xffe3);
    await desk.user.key(0xff08);
  }

  async function take(shots: string): Promise<{ readonly entry: HistoryEntry; readonly film: readonly Frame[] }> {
    events.length = 0;
    mkdirSync(shots);
    const camera = startCamera(shots);
    const release = await desk.user.hold(F9);
    await came(({ type }) => type === 'audio-started');
    await sound.microphone.say(SPEECH);
    // Nothing is to be seen before.
    camera.begin();
    await sleep(1_000);
    await release();
    await came(({ type }) => type === 'edit');
    await desk.user.type(' See you then, and thank you for all your help with this. Anna', () => 90);
    await came(({ type }) => type === 'session-ended');
    await sleep(2_000);
    const film = await camera.stop();
    const { sessionId } = events.find(({ type }) => type === 'session-ended') as unknown as { sessionId: string };
    return { entry: await client.call('result', { sessionId }), film };
  }

  client.close();
  daemon.child.kill('SIGTERM');
  await daemon.ended;
  await develop(frames);
  process.stdout.write(`${PICTURE}: ${Math.round(statSync(PICTURE).size / 1000)} kB\n`);
} finally {
  await desk.close();
  await sound.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

interface Frame {
  readonly path: string;
  readonly atMs: number;
}

/** Looks at the screen again and again; what was seen before `begin` does not count. */
function startCamera(shots: string): { begin(): void; stop(): Promise<readonly Frame[]> } {
  const film: Frame[] = [];
  const over = new AbortController();
  const running = (async () => {
    while (!over.signal.aborted) {
      const atMs = performance.now();
      const path = join(shots, `${atMs.toFixed(0)}.png`);
      await desk.look(path);
      film.push({ path, atMs });
      await sleep(Math.max(0, 1_000 / FRAMES_A_SECOND - (performance.now() - atMs)));
    }
  })();
  return {
    begin: () => void film.splice(0),
    async stop() {
      over.abort();
      await running;
      return film;
    },
  };
}

/** Each frame is shown as long as the screen looked like that. */
async function develop(film: readonly Frame[]): Promise<void> {
  const list = join(folder, 'film.txt');
  const lines = film.map(({ path, atMs }, index) => {
    const seconds = ((film[index + 1]?.atMs ?? atMs + 100) - atMs) / 1_000;
    return `file '${path}'\nduration ${seconds.toFixed(3)}`;
  });
  writeFileSync(list, lines.join('\n'));
  const colours = 'mpdecimate,split[a][b];[a]palettegen=max_colors=48[p];[b][p]paletteuse=dither=none';
  const input = ['-f', 'concat', '-safe', '0', '-i', list];
  await execute('ffmpeg', ['-y', ...input, '-vf', colours, '-fps_mode', 'vfr', PICTURE]);
}
