// How tests run a daemon: the built program as a process of its own, which hears a file as if somebody spoke it.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Client } from '@voiceinput/client';
import { connect } from '@voiceinput/client';
import { never } from '@voiceinput/testkit';
import { afterAll } from 'vitest';

/** The command line as it is built. */
export const program = resolve(import.meta.dirname, '../../../cli/dist/main.js');
export const fixture = (name: string): string => resolve(import.meta.dirname, '../../../../fixtures', name);

export interface Daemon {
  /** The process and its children are gone at once. */
  kill(): Promise<void>;
  /** Ends as `voiceinput quit` has it. */
  end(): Promise<void>;
}

/** A new folder that is gone after the tests of the file. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-launcher-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Makes this process one of a user whose files are in `folder` and who speaks what is in `speech`. */
export function becomeUser(
  folder: string,
  configuration: Readonly<Record<string, unknown>> = {},
  speech?: string,
): void {
  const path = speech ?? fixture('two-sentences.flac');
  const { dictation, ...others } = configuration as { dictation?: object };
  const source = { use: 'source-file', options: { path, realtime: true } };
  const settings = { ...others, dictation: { key: '', cues: false, source, ...dictation } };
  mkdirSync(join(folder, 'voiceinput'), { recursive: true });
  writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify(settings));
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
  const home = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, VOICEINPUT_RUNTIME_DIR: join(folder, 'run') };
  process.env = { ...inherited, ...home };
}

/** Starts this user's daemon and waits until it is ready. */
export async function startDaemon(): Promise<Daemon> {
  const child = spawn(process.execPath, [program, 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((settle) => child.once('close', () => settle()));
  await new Promise<void>((settle, reject) => {
    let said = '';
    const heard = (text: string): void => {
      said += text;
      if (/^Ready/m.test(said)) settle();
    };
    child.stdout.setEncoding('utf8').on('data', heard);
    child.stderr.setEncoding('utf8').on('data', heard);
    child.once('close', () => reject(new Error(`The daemon ended: ${said}`)));
  });
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks this user's daemon beside whatever is tested. */
export async function ask<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect({ client: 'a test' }, never);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}
