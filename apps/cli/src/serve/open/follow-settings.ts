// A configuration file that is saved while the daemon runs: it is read again, and used unless it has a mistake.

import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import type { Settings } from '../../settings/settle.ts';
import { failed } from './trouble.ts';
import type { Troubles } from './troubles.ts';

/** Editors write a file in several steps. */
const QUIET_MS = 200;
const TROUBLE = 'settings';

export interface FollowedSettings {
  /** The file that may be changed; its folder is made when it is not there. */
  readonly file: string;
  readonly troubles: Troubles;
  /** What was read last. */
  inForce(): Settings;
  /** What the files say now. */
  read(): Promise<Settings>;
  /** Rejects when something does not open, and with the signal's reason on abort. */
  use(next: Settings, signal: AbortSignal): Promise<void>;
  /** Told when other settings are in force. */
  used(next: Settings): void;
  warn(error: VoiceInputError): void;
}

export interface SettingsFollower {
  /** Reads the files again if they had a mistake: what they need may be here now. */
  again(): void;
  close(): Promise<void>;
}

/** Looks now and whenever the file changes, until it is closed. Where it cannot be watched it says so. */
export function followSettings(followed: FollowedSettings): SettingsFollower {
  const { file, troubles, warn } = followed;
  let watchers: readonly FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const closing = new AbortController();
  const { signal } = closing;
  const failing = (error: unknown): void => warn(failed('Changes of the configuration file are not noticed', error));

  function changed(): void {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(lookNext, QUIET_MS);
  }

  function lookNext(): void {
    // Whatever is changed after it was read is heard of.
    looking = looking
      .then(watchAnew)
      .catch(failing)
      .then(() => look(followed, signal));
  }

  function watched(folder: string, name: string): FSWatcher {
    const watcher = watch(folder, (_kind, touched) => {
      if (touched === null || touched === name || touched === basename(folder)) changed();
    });
    return watcher.on('error', changed);
  }

  /** The file may be a link, which may lead elsewhere now, and its folder another one of the same name. */
  async function watchAnew(): Promise<void> {
    if (signal.aborted) return;
    await makeFolder(dirname(file));
    const names = await namesOf(file);
    const next: FSWatcher[] = [];
    try {
      for (const [folder, name] of names) next.push(watched(folder, name));
    } catch (error) {
      for (const watcher of next) watcher.close();
      throw error;
    }
    for (const watcher of watchers) watcher.close();
    watchers = next;
  }

  // What was saved while the daemon opened counts too.
  lookNext();
  return {
    again() {
      if (troubles.has(TROUBLE)) changed();
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await looking;
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** The folders in which a change counts, each with the name that counts there. */
async function namesOf(file: string): Promise<ReadonlyMap<string, string>> {
  // What is not there leads nowhere.
  const target = await realpath(file).catch(() => file);
  return new Map([file, target].map((one) => [dirname(one), basename(one)]));
}

async function look({ troubles, inForce, read, use, used }: FollowedSettings, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    const next = await read();
    if (!saysTheSame(next, inForce())) {
      await use(next, signal);
      used(next);
    }
    troubles.end(TROUBLE);
  } catch (error) {
    // A daemon that ends waits for no lanes to open.
    if (signal.aborted) return;
    troubles.begin(TROUBLE, unused(failed('The settings cannot be read', error)));
  }
}

const saysTheSame = (one: Settings, other: Settings): boolean => isDeepStrictEqual(sayingOf(one), sayingOf(other));

const sayingOf = ({ configuration, files, plugins }: Settings) => [configuration, files, plugins.map(({ url }) => url)];

function unused(error: VoiceInputError): VoiceInputError {
  const message = `${error.message} The previous settings stay in force.`;
  return new VoiceInputError(error.code, message, { hint: error.hint, cause: error });
}
