// Somebody else on this machine, with a home of their own and nothing installed.

import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Stranger {
  readonly home: string;
  /** Where `npm install -g` puts things. */
  readonly prefix: string;
  /** What npm has fetched. */
  readonly cache: string;
  npm(...args: readonly string[]): Promise<Said>;
  voiceinput(...args: readonly string[]): Promise<Said>;
  /** Starts the daemon and waits until it is ready. Ends it with the answer. */
  serve(): Promise<() => Promise<void>>;
  write(path: string, text: string): void;
  /** Their daemons end, and nothing of theirs is left. */
  close(): void;
}

/**
 * `nobody`, with `registry` as their registry. Needs to be root, who may become anybody. What npm has fetched for `earlier`
 * is not fetched once more.
 */
export function becomeStranger(registry: string, earlier?: Stranger): Stranger {
  const NOBODY = 65_534;
  const home = mkdtempSync(join(tmpdir(), 'voiceinput-stranger-'));
  chmodSync(home, 0o755);
  const prefix = join(home, 'npm');
  const cache = earlier?.cache ?? join(home, '.npm');
  const env = {
    HOME: home,
    PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
    LANG: 'C.UTF-8',
    npm_config_prefix: prefix,
    npm_config_cache: cache,
    npm_config_registry: registry,
    npm_config_update_notifier: 'false',
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  const own = (path: string): void => chownSync(path, NOBODY, NOBODY);
  own(home);
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  own(env.XDG_RUNTIME_DIR);
  const options = { cwd: home, env, uid: NOBODY, gid: NOBODY };

  const daemons: ChildProcess[] = [];
  const run = (command: string, args: readonly string[]): Promise<Said> =>
    new Promise((resolve, reject) => {
      execFile(command, args, { ...options, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') return reject(error);
        resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });

  return {
    home,
    prefix,
    cache,
    npm: (...args) => run('npm', [...args, '--no-audit', '--no-fund']),
    voiceinput: (...args) => run(join(prefix, 'bin', 'voiceinput'), args),
    async serve() {
      const daemon = spawn(join(prefix, 'bin', 'voiceinput'), ['serve'], options);
      daemons.push(daemon);
      const ended = once(daemon, 'close');
      let said = '';
      await new Promise<void>((resolve, reject) => {
        const hear = (text: string): void => {
          said += text;
          if (/^Ready/m.test(said)) resolve();
        };
        daemon.stdout.setEncoding('utf8').on('data', hear);
        daemon.stderr.setEncoding('utf8').on('data', hear);
        void ended.then(() => reject(new Error(`The daemon ended: ${said}`)));
      });
      return async () => {
        daemon.kill('SIGTERM');
        await ended;
      };
    },
    write(path, text) {
      const absolute = join(home, path);
      for (let folder = dirname(absolute); folder !== home; folder = dirname(folder)) {
        mkdirSync(folder, { recursive: true });
        own(folder);
      }
      writeFileSync(absolute, text);
      own(absolute);
    },
    close() {
      for (const daemon of daemons) daemon.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What a folder takes, its files added up, in bytes. */
export function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
