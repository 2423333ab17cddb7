import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '@voiceinput/models';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { openPanel } from '@voiceinput/rig/panel';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { nowhere } from './daemon/daemon.ts';
import { enter } from './settings-page/enter.ts';
import type { Place } from './settings-page/enter.ts';
import { lines, start, voiceinput } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const missing = missingPrograms('strace');
const missingForDoors = process.platform === 'linux' ? missingForBus() : 'The tray is for Linux.';
/** Whether everything runs where there is no network at all, which not every machine allows. */
const isCutOff = process.env['VOICEINPUT_PRIVATE_CUT_OFF'] === '1';
/** How long a day of idling takes. */
const DAY_MS = Number(process.env['VOICEINPUT_PRIVATE_DAY_MS'] ?? 5_000);
const launcher = resolve(import.meta.dirname, '../../launcher');

/** A home of its own, and what every call to the network of what is run in it is written to. */
function ownHome() {
  const folder = ownFolder();
  const [home, temporary, traces] = ['home', 'tmp', 'traces'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const made of [home, temporary, traces]) mkdirSync(made);
  const env = {
    HOME: home,
    TMPDIR: temporary,
    XDG_CACHE_HOME: join(home, '.cache'),
    VOICEINPUT_CACHE_DIR: cacheFolder(),
    VOICEINPUT_RUNTIME_DIR: join(folder, 'run'),
  };
  const network = ['connect', 'sendto', 'sendmsg', 'sendmmsg'].join(',');
  // Telemetry that keeps quiet in CI must be seen there too.
  const watched = ['env', '-u', 'CI', 'strace', '-f', '--seccomp-bpf', '-e', `trace=${network}`, '-o'];
  const within = isCutOff ? ['unshare', '--map-root-user', '--net', ...watched] : watched;
  const traced = (name: string): string[] => [...within, join(traces, name)];
  const trace = (name: string): string => readFileSync(join(traces, name), 'utf8');
  return {
    folder,
    env,
    /** Runs a program with a trace of this name. */
    traced,
    /** The calls that are none to a socket of this machine. */
    calls: () => readdirSync(traces).flatMap((name) => trace(name).match(/.*sa_family=AF_INET6?.*/g) ?? []),
    /** Which traces have a call to a socket of this machine: nothing was traced where none has. */
    local: () => readdirSync(traces).filter((name) => trace(name).includes('sa_family=AF_UNIX')),
    left: () => [home, temporary].flatMap((place) => readdirSync(place, { recursive: true, encoding: 'utf8' })),
    configure(dictation: object): void {
      mkdirSync(join(folder, 'voiceinput'));
      const source = { use: 'source-file', options: { path: fixture('two-sentences.flac'), realtime: true } };
      const settings = { key: '', cues: false, source, sink: nowhere, ...dictation };
      writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify({ dictation: settings }));
    },
  };
}

describeUnless(missing)('nothing leaves the machine', () => {
  test('when a file is transcribed', async () => {
    const { folder, env, traced, calls, left } = ownHome();
    const options = { folder, env, within: traced('transcribe') };
    const { exitCode, stdout } = await voiceinput(['transcribe', fixture('two-sentences.flac')], options);
    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
    expect(calls()).toEqual([]);
    expect(left()).toEqual([]);
  });

  test('while a daemon hears a dictation', async () => {
    const { folder, env, traced, calls, left, configure } = ownHome();
    configure({});
    const daemon = start(['serve'], { folder, env, within: traced('daemon') });
    await daemon.shows(/^Ready/m);
    expect((await voiceinput(['dictate'], { folder, env })).exitCode).toBe(0);
    await voiceinput(['quit'], { folder, env });
    await daemon.ended;
    expect(calls()).toEqual([]);
    expect(left()).toEqual([]);
  });
});

describeUnless(missing ?? missingForDoors)('nothing leaves the machine', () => {
  test(
    'with HTTP, tray, launcher, settings page and commands, and on a day of idling',
    { timeout: 300_000 + 2 * DAY_MS },
    async () => {
      const { folder, env: own, traced, calls, local, configure } = ownHome();
      configure({});
      const bus = await openPrivateBus();
      const panel = await openPanel(bus.address);
      const preload = pathToFileURL(join(import.meta.dirname, 'voiceinput', 'long-day.mjs')).href;
      const env = {
        ...own,
        DBUS_SESSION_BUS_ADDRESS: bus.address,
        DISPLAY: '',
        NODE_OPTIONS: `--import=${preload}`,
        VOICEINPUT_TEST_DAY_MS: String(DAY_MS),
      };
      const run = (name: string, ...args: string[]) => voiceinput(args, { folder, env, within: traced(name) });

      const daemon = start(['serve', '--http', '--port', '0'], { folder, env, within: traced('daemon') });
      await daemon.shows(/^Ready/m);
      const tray = start(['tray', '--language', 'en'], { folder, env, within: traced('tray') });
      await expect.poll(() => panel.registered.length).toBe(1);
      expect((await run('dictate', 'dictate')).exitCode).toBe(0);
      expect((await run('doctor', 'doctor', '--json')).stdout).toContain('"machine"');
      const [program, ...strace] = traced('launcher') as [string, ...string[]];
      const command = [join(launcher, 'test/built/load.cjs'), join(launcher, 'dist', 'toggle-hybrid.js'), '{}'];
      await promisify(execFile)(program, [...strace, process.execPath, ...command], {
        env: { ...process.env, ...env },
      });
      // For a page that nobody uses, half an hour would be over at once.
      const page = { folder, env: { ...env, NODE_OPTIONS: '' }, within: traced('settings') };
      const settings = start(['settings', '--no-browser', '--json'], page);
      await useSettingsPage(settings);
      // Nothing tells that a day is over but the time.
      await sleep(DAY_MS);
      const { stdout } = await run('status', 'status', '--json');
      expect(lines(stdout)[0]).toMatchObject({ state: 'idle', hybrid: false });

      // Not strace: it would let go of them, and they would go on.
      for (const view of [tray, settings]) {
        for (const pid of view.pids()) if (pid !== view.child.pid) process.kill(pid, 'SIGTERM');
        await view.ended;
      }
      await run('quit', 'quit');
      await daemon.ended;
      panel.close();
      await bus.close();
      expect(calls()).toEqual([]);
      expect(local()).toEqual(expect.arrayContaining(['dictate', 'launcher', 'settings', 'status', 'tray']));
    },
  );
});

/** What a browser asks of it, and a change. Nobody reaches it from outside where it has no network. */
async function useSettingsPage(page: ReturnType<typeof start>): Promise<void> {
  let said = '';
  page.child.stdout!.on('data', (text: string) => (said += text));
  await page.shows(/"code"/);
  if (isCutOff) return;
  const place = JSON.parse(said.split('\n')[0]!) as Place;
  const headers = await enter(place);
  const parts = ['settings', 'doors', 'microphones', 'models', 'history', 'history/size'].map((part) => `/api/${part}`);
  for (const path of ['/', ...parts]) expect((await fetch(place.address + path, { headers })).status, path).toBe(200);
  const body = JSON.stringify({ changes: [{ path: ['dictation', 'cues'], value: false }] });
  expect((await fetch(`${place.address}/api/settings`, { method: 'POST', headers, body })).status).toBe(200);
}
