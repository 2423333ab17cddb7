// Models that come, go or are imported anew while the daemon runs: later dictations use what fits best then, without a restart.

import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '@voiceinput/engine';
import { makeFolder } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Settings } from '../../settings/settle.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Engines } from './engines.ts';
import type { SettingsInForce } from './settings-in-force.ts';
import { failed } from './trouble.ts';

/** Whoever changes a model makes several changes at once. */
const QUIET_MS = 300;

type Installed = Settings['installed'];

/** What is on this machine. */
export interface ModelsHere {
  readonly installed: Installed;
  /** Where each model that can be used lies, by its id. Another folder has another model of the same name. */
  readonly folders: ReadonlyMap<string, string>;
}

export interface FollowedModels {
  /** Where models are; made when it is not there. Something in it changes whenever a model has come or gone. */
  readonly folder: string;
  readonly inForce: Pick<SettingsInForce, 'profileNamed' | 'modelsChanged'> & {
    readonly base: { readonly installed: Installed };
  };
  readonly engines: Pick<Engines, 'now' | 'use' | 'ready'>;
  readonly broadcast: Pick<Broadcast, 'emit'>;
  look(): Promise<ModelsHere>;
  /** The ids of the models that a profile reads with. */
  usedBy(profile: Profile): readonly string[];
  warn(error: VoiceInputError): void;
}

/** Looks now and whenever something changes, until what it gives is called. Where the folder cannot be watched it says so. */
export async function followModels(followed: FollowedModels): Promise<() => Promise<void>> {
  const { folder, inForce, warn } = followed;
  let folders: ModelsHere['folders'] = new Map();
  let looking = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const closing = new AbortController();
  const { signal } = closing;
  const failing = (error: unknown): void => {
    // A daemon that ends waits for no lanes to open.
    if (!signal.aborted) warn(failed('The models on this machine are not followed', error));
  };
  const look = async (): Promise<void> => {
    const before = folders;
    const here = await followed.look();
    folders = here.folders;
    const isSame = isDeepStrictEqual(here.installed, inForce.base.installed) && isDeepStrictEqual(folders, before);
    if (!isSame) await use({ here, before }, followed, signal);
  };
  const lookNext = (): void => void (looking = looking.then(look).catch(failing));
  const watcher = await watched(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(lookNext, QUIET_MS);
  }).catch(failing);
  watcher?.on('error', failing);
  lookNext();
  return async () => {
    closing.abort();
    watcher?.close();
    clearTimeout(timer);
    await looking;
  };
}

async function watched(folder: string, changed: () => void): Promise<FSWatcher> {
  await makeFolder(folder);
  return watch(folder, changed);
}

/** What clients have set stays as it is. A dictation that is under way ends with the models with which it began. */
async function use(
  { here, before }: { readonly here: ModelsHere; readonly before: ModelsHere['folders'] },
  { inForce, engines, broadcast, usedBy }: FollowedModels,
  signal: AbortSignal,
): Promise<void> {
  inForce.modelsChanged(here.installed);
  const { name, hybrid } = engines.now.profile;
  const next = { ...inForce.profileNamed(name), hybrid };
  const isAnother = (id: string): boolean => {
    const [folder, folderBefore] = [here.folders.get(id), before.get(id)];
    return folder !== undefined && folderBefore !== undefined && folder !== folderBefore;
  };
  const anew = usedBy(next).some(isAnother);
  if (!anew && isDeepStrictEqual(next, engines.now.profile)) return;
  engines.use(next, anew);
  broadcast.emit({ type: 'settings', profile: next.name, hybrid });
  await engines.ready(signal);
}
