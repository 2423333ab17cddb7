// Whether uninstalling takes what was put on the machine, and of what is the user's only what the user says.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingForBus, openPrivateBus } from '@voiceinput/rig/bus';
import { missingPrograms } from '@voiceinput/rig/programs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { keys, openPty } from './setup/pty.ts';
import { startDaemon } from './daemon/daemon.ts';
import { lines, voiceinput } from './voiceinput/run.ts';
import { ownFolder, withModels } from './voiceinput/scene.ts';

/** Has the name of the tray on the session bus, and nothing else of it. */
const TRAY = `
  const { sessionBus } = require('@particle/dbus-next');
  const bus = sessionBus();
  bus.requestName('io.github.voiceinput.Tray', 0).then(() => console.log('there'));
`;

withModels();
const root = ownFolder();
let folder: string;
let env: Record<string, string>;
const at = (...names: string[]): string => join(folder, ...names);
const uninstall = (...args: string[]) => voiceinput(['uninstall', ...args], { folder, env });

/** A user with some of everything, and with files that are not ours beside it. */
beforeEach(() => {
  folder = mkdtempSync(join(root, 'user-'));
  env = {
    // No systemd answers here.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    XDG_RUNTIME_DIR: at('nowhere'),
    XDG_DATA_HOME: at('data'),
    VOICEINPUT_RUNTIME_DIR: at('run'),
    VOICEINPUT_CACHE_DIR: at('cache'),
  };
  for (const path of [
    'voiceinput/config.json',
    'voiceinput/mine.txt',
    'data/voiceinput/history/CURRENT',
    'data/voiceinput/recordings/20261121.pcm',
    'data/voiceinput/plugins/package.json',
    'cache/models/small/weights',
    'cache/mine.txt',
    'run/daemon.json',
    'run/daemon.log',
    'run/mine.txt',
  ]) {
    mkdirSync(join(folder, path, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), '{}', { mode: 0o600 });
  }
});

const OWN = ['voiceinput/mine.txt', 'cache/mine.txt', 'run/mine.txt'];
const USERS = ['voiceinput/config.json', 'data/voiceinput/history', 'data/voiceinput/plugins', 'cache/models'];
const there = (paths: readonly string[]): readonly string[] => paths.filter((path) => existsSync(at(path)));

describe('uninstall', () => {
  test('keeps what is the user’s, and says so, and how the package goes', async () => {
    const { stdout, exitCode } = await uninstall('--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Removed ${at('run', 'daemon.json')}`);
    expect(stdout).toContain(`Stays: ${at('cache', 'models')}`);
    expect(stdout).toMatch(/The program itself: (?:npm uninstall -g voiceinput|delete the folder \/)/);
    expect(there([...OWN, ...USERS])).toEqual([...OWN, ...USERS]);
    expect(there(['run/daemon.json', 'run/daemon.log'])).toEqual([]);
  });

  test('takes what is named, and never what is not ours', async () => {
    const first = await uninstall('--history', '--json');
    expect(lines(first.stdout)).toMatchObject([
      { stays: [at('cache', 'models'), at('voiceinput', 'config.json'), at('data', 'voiceinput', 'plugins')] },
    ]);
    expect(there(USERS)).toEqual(USERS.filter((path) => !path.endsWith('history')));
    expect(existsSync(at('data', 'voiceinput', 'recordings'))).toBe(false);
    expect((await uninstall('--all')).exitCode).toBe(0);
    expect(there(USERS)).toEqual([]);
    expect(there(OWN)).toEqual(OWN);
    expect(existsSync(at('data', 'voiceinput'))).toBe(false);
  });

  test('ends the daemon that runs, and what starts it at login', async () => {
    delete env['VOICEINPUT_CACHE_DIR'];
    const daemon = await startDaemon({ folder, env });
    const entry = at('autostart', 'voiceinput.desktop');
    mkdirSync(at('autostart'));
    const printed = await voiceinput(['service', 'install', '--file', 'autostart'], { folder, env });
    writeFileSync(entry, printed.stdout);
    expect((await uninstall('--yes')).stdout).toContain(`Removed ${entry}`);
    expect((await daemon.ended).exitCode).toBe(0);
  });

  test('ends the tray that runs, whoever started it', async ({ skip }) => {
    const missing = missingForBus();
    if (missing !== undefined) skip(missing);
    const bus = await openPrivateBus();
    onTestFinished(() => bus.close());
    env['DBUS_SESSION_BUS_ADDRESS'] = bus.address;
    const tray = spawn(process.execPath, ['-e', TRAY], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(tray, 'exit');
    await once(tray.stdout, 'data');
    expect((await uninstall('--yes')).exitCode).toBe(0);
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  test('asks on a terminal, and removes nothing for who leaves', async ({ skip }) => {
    const missing = missingPrograms('script');
    if (missing !== undefined) skip(missing);
    const own = { ...env, XDG_CONFIG_HOME: folder, LC_ALL: 'C.UTF-8' };
    const leaving = openPty(['uninstall'], own);
    await leaving.when(/What else shall go[^]*history and recordings[^]*models \(/, keys.escape);
    await leaving.shows(/Nothing was removed/);
    await leaving.ended;
    expect(there(['run/daemon.json', ...USERS])).toEqual(['run/daemon.json', ...USERS]);
    const pty = openPty(['uninstall'], own);
    await pty.when(/What else shall go[^]*models \(/, keys.space, keys.enter);
    await pty.shows(/The program itself/);
    await pty.ended;
    expect(there(USERS)).toEqual(USERS.filter((path) => !path.endsWith('history')));
  });

  test('asks nobody where there is no terminal', async () => {
    const { stderr, exitCode } = await uninstall();
    expect(stderr).toMatch(/voiceinput uninstall --yes/);
    expect(exitCode).toBe(2);
    expect(there(['run/daemon.json'])).toEqual(['run/daemon.json']);
  });
});
