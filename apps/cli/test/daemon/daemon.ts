// How tests run a daemon: a process of its own that hears a file as if somebody spoke it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, DaemonEvent } from '@voiceinput/client';
import { connect } from '@voiceinput/client';
import { never } from '@voiceinput/testkit';
import { start } from '../voiceinput/run.ts';
import type { Running } from '../voiceinput/run.ts';
import { fixture } from '../voiceinput/scene.ts';

export interface Daemon extends Running {
  readonly folder: string;
  /** What the programs of its user need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its discovery file is. */
  readonly run: string;
  connect(): Promise<Client>;
}

export interface DaemonOptions {
  /** The folder of this user. */
  readonly folder: string;
  /** What is spoken. */
  readonly speech?: string;
  /** What the configuration says of dictation besides. */
  readonly dictation?: Readonly<Record<string, unknown>>;
  /** What it says of all else. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands behind `serve`. */
  readonly args?: readonly string[];
  /** A program with arguments that runs the daemon. */
  readonly within?: readonly string[];
}

/** Starts a daemon and waits until it is ready. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const daemon = beginDaemon(options);
  await daemon.shows(/^Ready/m);
  return daemon;
}

/** Starts a daemon. */
export function beginDaemon({
  folder,
  speech,
  dictation = {},
  config = {},
  env = {},
  args = [],
  within = [],
}: DaemonOptions): Daemon {
  const run = join(folder, 'run');
  mkdirSync(join(folder, 'voiceinput'), { recursive: true });
  const path = speech ?? fixture('two-sentences.flac');
  const source = { use: 'source-file', options: { path, realtime: true } };
  const configuration = { ...config, dictation: { key: '', cues: false, source, ...dictation } };
  writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify(configuration));
  const settings = { VOICEINPUT_RUNTIME_DIR: run, ...env };
  const running = start(['serve', ...args], { folder, env: settings, within });
  return {
    ...running,
    folder,
    run,
    env: settings,
    connect: () => connect({ client: 'a test', folder: run }, never),
  };
}

/** Where texts go that nobody needs to see. */
export const nowhere = { use: 'sink-nowhere', options: {} };

/** All events of a client from now on, with words. */
export async function eventsOf(client: Client): Promise<DaemonEvent[]> {
  const events: DaemonEvent[] = [];
  client.onEvent((event) => events.push(event));
  await client.call('watch', { text: true });
  return events;
}
