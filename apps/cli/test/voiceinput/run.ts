// How tests run the program as its users do: a process of its own, with a home and a folder of its own.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const MARK = 'VOICEINPUT_TEST_RUN';

export interface RunOptions {
  /** The current folder; also where the user's configuration is looked for. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes in on standard input; absent: nothing. */
  readonly stdin?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** A program with arguments that runs the command line, such as a shell that sets limits. */
  readonly within?: readonly string[];
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Settles when standard output and error together match; rejects when the program ends before. */
  shows(pattern: RegExp): Promise<void>;
  /** Ids of the process and all that descend from it, also of those whose parent is gone. Linux only. */
  pids(): number[];
}

/** Runs `voiceinput` with `args` to its end. */
export const voiceinput = (args: readonly string[], options: RunOptions): Promise<Ended> => start(args, options).ended;

/** Starts `voiceinput` with `args`. */
export function start(args: readonly string[], { folder, env, stdin, within = [] }: RunOptions): Running {
  const mark = randomUUID();
  const [program, ...rest] = [...within, process.execPath, main, ...args] as [string, ...string[]];
  const { FORCE_COLOR: _color, npm_package_name: _clone, ...inherited } = process.env;
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...inherited, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, LC_ALL: 'C.UTF-8', ...env, [MARK]: mark },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const watchers = new Set<() => void>();
  const heard = (): void => watchers.forEach((watch) => watch());
  child.stdout!.setEncoding('utf8').on('data', (text: string) => ((stdout += text), heard()));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => ((stderr += text), heard()));
  if (stdin !== undefined) void feed(child, stdin);

  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ stdout, stderr, exitCode }));
  });
  return {
    child,
    ended,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!pattern.test(stdout + stderr)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        child.once('close', () => reject(new Error(`It ended without showing ${pattern}:\n${stdout}${stderr}`)));
      }),
    pids: () => processesWith(`${MARK}=${mark}`),
  };
}

/** The JSON objects that `output` holds, one a line. */
export const lines = (output: string): Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function feed(child: ChildProcess, stdin: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const stream = child.stdin!;
  // Whoever does not want to hear more says so by its exit code.
  const gone = new Promise<false>((resolve) => stream.once('error', () => resolve(false)));
  for await (const bytes of stdin) {
    const taken = new Promise<boolean>((resolve) => stream.write(bytes, () => resolve(true)));
    if (!(await Promise.race([taken, gone]))) return;
  }
  stream.end();
}

function processesWith(setting: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(setting))
    .map(Number);
}

/** Empty for a process that has ended and for those of others. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
