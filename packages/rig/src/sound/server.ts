// How a sound server of its own is started, asked and put away, apart from the user's.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { guardChildren } from '../guard.ts';

const START_DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 20;

export interface SoundServer {
  /** What a program needs in its environment to use this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs pactl(1) and gives what it said. */
  control(...args: readonly string[]): Promise<string>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Rejects when the server does not answer within 10 s, with what it said. */
export async function startSoundServer(): Promise<SoundServer> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-sound-'));
  chmodSync(folder, 0o700);
  const socket = join(folder, 'socket');
  const env = {
    PULSE_SERVER: `unix:${socket}`,
    PULSE_COOKIE: join(folder, 'cookie'),
    PULSE_RUNTIME_PATH: folder,
  };
  const child = spawn(
    'pulseaudio',
    ['-n', '--daemonize=no', '--exit-idle-time=-1', '--disable-shm=yes', '--use-pid-file=no', '--log-level=error']
      // The folder is closed to others, so that whoever reaches the socket may use it.
      .concat('-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`),
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env, HOME: folder, XDG_RUNTIME_DIR: folder, XDG_CONFIG_HOME: folder },
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  const exited = once(child, 'exit');
  exited.catch((error: Error) => (said += error.message));

  const control = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)('pactl', args, { env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' }, timeout: 60_000 }))
      .stdout;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await exited;
  };
  const close = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };

  for (const untilMs = performance.now() + START_DEADLINE_MS; ; await sleep(LOOK_EVERY_MS)) {
    if (await control('info').then(Boolean, () => false)) break;
    if (performance.now() < untilMs && child.exitCode === null) continue;
    await close();
    throw new Error(`pulseaudio did not start: ${said}`);
  }
  return { env, control, kill: () => end('SIGKILL'), close };
}
