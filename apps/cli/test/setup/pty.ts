// A terminal of its own for a program that asks: what it shows, and keys that are pressed when something stands there.

import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { main } from '../voiceinput/run.ts';

export const keys = { enter: '\r', down: '\u001B[B', escape: '\u001B', space: ' ' } as const;

const LONGEST_MS = 90_000;

export interface Pty {
  /** Waits until this is shown, after all that was waited for before; rejects when the program ends before. */
  shows(pattern: RegExp): Promise<void>;
  press(...pressed: readonly string[]): void;
  /** As `shows`, then `press`. */
  when(pattern: RegExp, ...pressed: readonly string[]): Promise<void>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly screen: string;
}

/** Runs `voiceinput` in a terminal of 100 columns (`script` of util-linux gives it). */
export function openPty(args: readonly string[], env: Readonly<Record<string, string>>): Pty {
  const command = `stty cols 100 rows 40; exec "$VOICEINPUT_NODE" "$VOICEINPUT_MAIN" ${args.join(' ')}`;
  const { npm_package_name: _clone, CI: _ci, ...inherited } = process.env;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...inherited, TERM: 'xterm', ...env, VOICEINPUT_NODE: process.execPath, VOICEINPUT_MAIN: main },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let seen = 0;
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += stripVTControlCharacters(text);
    watchers.forEach((watch) => watch());
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));

  const pty: Pty = {
    ended,
    get screen() {
      return shown;
    },
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const found = pattern.exec(shown.slice(seen));
          if (found === null) return;
          seen += found.index + found[0].length;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        setTimeout(() => reject(new Error(`${pattern} is not shown:\n${shown.slice(seen)}`)), LONGEST_MS).unref();
        void ended.then(() => reject(new Error(`It ended without showing ${pattern}:\n${shown}`)));
      }),
    press: (...pressed) => pressed.forEach((key) => child.stdin.write(key)),
    async when(pattern, ...pressed) {
      await pty.shows(pattern);
      pty.press(...pressed);
    },
  };
  return pty;
}
