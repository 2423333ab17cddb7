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
  use(next: Settings): Promise<void>;
  /** Told when other settings are in force. */
  used(next: Settings): void;
  warn(error: VoiceInputError): void;
}

export interface SettingsFollower {
  /** Reads the files again if they had a mistake: what they need may be here now. */
  again(): void;
  close(): Promise<void>;
}

/** Looks whenever the file changes, until it is closed. Where it cannot be watched it says so. */
export async function followSettings(followed: FollowedSettings): Promise<SettingsFollower> {
  const { file, troubles, warn } = followed;
  let watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let isClosed = false;
  const failing = (error: unknown): void => warn(failed('Changes of the configuration file are not noticed', error));

  function changed(): void {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(lookNext, QUIET_MS);
  }

  function lookNext(): void {
    // Whatever is changed after it was read is heard of.
    looking = looking
      .then(watchAnew)
      .catch(failing)
      .then(() => look(followed));
  }

  /** The file may be a link, which may lead elsewhere now, and its folder another one of the same name. */
  async function watchAnew(): Promise<void> {
    if (isClosed) return;
    await makeFolder(dirname(file));
    const names = await namesOf(file);
    const next = new Map<string, FSWatcher>();
    for (const [folder, name] of names) {
      const watcher = watch(folder, (_kind, touched) => {
        if (touched === null || touched === name || touched === basename(folder)) changed();
      });
      watcher.on('error', changed);
      next.set(folder, watcher);
    }
    for (const watcher of watchers.values()) watcher.close();
    watchers = next;
  }

  await watchAnew().catch(failing);
  return {
    again() {
      if (troubles.has(TROUBLE)) changed();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** The folders in which a change counts, each with the name that counts there. */
async function namesOf(file: string): Promise<ReadonlyMap<string, string>> {
  // What is not there leads nowhere.
  const target = await realpath(file).catch(() => file);
  return new Map([file, target].map((one) => [dirname(one), basename(one)]));
}

async function look({ troubles, inForce, read, use, used }: FollowedSettings): Promise<void> {
  try {
    const next = await read();
    if (!saysTheSame(next, inForce())) {
      await use(next);
      used(next);
    }
    troubles.end(TROUBLE);
  } catch (error) {
    troubles.begin(TROUBLE, unused(failed('The settings cannot be read', error)));
  }
}

const saysTheSame = (one: Settings, other: Settings): boolean => isDeepStrictEqual(sayingOf(one), sayingOf(other));

const sayingOf = ({ configuration, files, plugins }: Settings) => [configuration, files, plugins.map(({ url }) => url)];

function unused(error: VoiceInputError): VoiceInputError {
  const message = `${error.message} The previous settings stay in force.`;
  return new VoiceInputError(error.code, message, { hint: error.hint, cause: error });
}
