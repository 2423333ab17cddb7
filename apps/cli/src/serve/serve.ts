// How the daemon begins, what it is made of and in which order it ends.

import { resolve } from 'node:path';
import { runtimeFolder, writeDaemonInfo } from '@voiceinput/client';
import type { HistoryEntry } from '@voiceinput/client';
import type { DictationSettings, Ownership, Profile } from '@voiceinput/engine';
import { createOwnership } from '@voiceinput/engine';
import { cacheFolder, modelsFolder, openModelStore } from '@voiceinput/models';
import { VoiceInputError, whenAborted } from '@voiceinput/plugin-api';
import type { HttpAddress } from '../http/http.ts';
import { userConfigurationFile } from '../settings/folders.ts';
import { removeToken } from '../http/token.ts';
import { clearUploads } from '../http/uploads.ts';
import { installedModels } from '../settings/lanes.ts';
import { daemonCommand } from '../settings/main-file.ts';
import { settle } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { needsOf } from '../settings/sink-needs.ts';
import { usedModels } from '../settings/used-models.ts';
import { createAnswers } from './answer/answers.ts';
import type { AnswersPort } from './answer/answers.ts';
import { listenForClients } from './answer/listen.ts';
import { openListeners } from './dictate/listeners.ts';
import { paste, pastedOrWhy, undo, undoneOrWhy } from './dictate/written.ts';
import { openDesktopParts } from './keys/desktop-parts.ts';
import type { DesktopParts } from './keys/desktop-parts.ts';
import { openCore } from './open/core.ts';
import type { Core, CorePort } from './open/core.ts';
import { followModels, type ModelsHere } from './open/follow-models.ts';
import { followSettings } from './open/follow-settings.ts';
import type { SettingsFollower } from './open/follow-settings.ts';
import { openHttp } from './open/http.ts';
import type { HttpWanted } from './open/http.ts';
import { orphans, recover } from './open/recover.ts';
import { followSaving } from './open/saving.ts';
import { sweepRegularly } from './open/sweep.ts';
import { failed, unclosed } from './open/trouble.ts';
import { createTroubles } from './open/troubles.ts';
import type { Troubles } from './open/troubles.ts';
import { useSettings } from './open/use-settings.ts';

/** What changes while the daemon runs is looked at to the end. */
const { signal: always } = new AbortController();

export interface ServeOptions extends SettingsRequest, Pick<CorePort, 'models'> {
  readonly version: string;
  /** Answers HTTP too. */
  readonly http?: HttpWanted | undefined;
  /** Told when clients can connect, and when the lanes are warm. */
  listening(socket: string): void;
  ready(mode: DictationSettings['mode'], key: DesktopParts['key']): void;
  /** Told of each dictation whose daemon ended before it was read, when it has been read now. */
  recovered(entry: HistoryEntry): void;
  /** Told of the files that changed and are in force now. */
  changed(files: readonly string[]): void;
  warn(error: VoiceInputError): void;
}

/** Runs the daemon until `signal` or a client ends it. Rejects with `ERR_DAEMON_RUNNING` when there is one already. */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const base = await settle({ ...options, includeWorkingDirectory: false }, signal);
  const ownership = createOwnership();
  try {
    await run({ ...options, base, ownership }, signal);
  } finally {
    await ownership.closeAll().catch((error: unknown) => options.warn(unclosed('The daemon', error)));
  }
}

interface Running extends ServeOptions {
  readonly base: Settings;
  /** Closes what was opened, the newest first. */
  readonly ownership: Ownership;
}

async function run(options: Running, signal: AbortSignal): Promise<void> {
  const { version, ownership, listening, ready, warn } = options;
  const quitting = new AbortController();
  const ending = AbortSignal.any([signal, quitting.signal]);
  /** Until it is known, there is none. */
  let displayTrouble = (): VoiceInputError | undefined => undefined;
  let isReady = false;
  let httpAddress: HttpAddress | undefined;
  let httpSocket: string | undefined;

  // Loaded only where it is wanted.
  const http = options.http && (await import('../http/http.ts')).prepareHttp();
  const plugins = http?.plugins ?? [];
  const core = await openCore({ ...options, plugins, displayTrouble: () => displayTrouble() }, signal);
  const { inForce, broadcast } = core;
  const troubles = createTroubles({ warn, changed: (now) => broadcast.emit({ type: 'troubles', troubles: now }) });
  if (core.history.trouble === undefined) followSaving(broadcast, troubles);
  else troubles.begin('history', core.history.trouble);
  const lost = await orphans(core.history);
  const desktop = await openDesktop(core, options, signal);
  displayTrouble = () => desktop.displayTrouble;
  const sinkTrouble = inForce.troubleOf(inForce.configured().sink);
  if (sinkTrouble !== undefined) warn(historyOnly(sinkTrouble));

  const answers: AnswersPort = {
    ...core,
    version,
    startedAt: new Date(),
    isReady: () => isReady,
    key: () => desktop.key,
    http: () => httpAddress,
    httpSocket: () => httpSocket,
    troubles: () => [...troubles.now],
    copy: (text) => desktop.copy(text),
    sourceChanged: () => closeOtherSources(core, warn),
    quit: () => quitting.abort(),
  };
  const info = await writeDaemonInfo(runtimeFolder(), daemonCommand);
  const clients = await listenForClients(info, { version, welcome: createAnswers(answers), refused: warn });
  ownership.own('the connections', () => clients.close());
  listening(info.socket);
  await clearUploads(runtimeFolder());
  await removeToken(runtimeFolder());
  if (http !== undefined && options.http !== undefined) {
    const { port, opened } = options.http;
    const open = await http.open(answers, ending);
    httpSocket = open.socket;
    const told: typeof opened = (address, socket) => opened((httpAddress = address), socket);
    ownership.own('HTTP', await openHttp({ http: open, port, troubles, opened: told }));
  }

  if (!(await warmedUp(core, { ending, quitting: quitting.signal }))) return;
  isReady = true;
  broadcast.emit({ type: 'ready' });
  ready(inForce.dictation().mode, desktop.key);
  const recovering = recover(lost, { ...core, recovered: options.recovered }, ending);
  core.finishLast(recovering.catch((error: unknown) => warn(failed('A recording cannot be recovered', error))));
  ownership.own('the sweep', sweepRegularly(core.history, warn));
  const settings = followedSettings({ core, desktop, troubles, sourceChanged: answers.sourceChanged }, options);
  ownership.own('the look-out for settings', () => settings.close());
  ownership.own('the look-out for models', await followedModels(core, settings, warn));

  await whenAborted(ending);
  core.dictations.stop();
  await core.dictations.finished();
}

/** What is pulled, imported, imported anew or removed meanwhile counts at once. */
function followedModels(
  core: Core,
  settings: SettingsFollower,
  warn: ServeOptions['warn'],
): Promise<() => Promise<void>> {
  const folder = modelsFolder(cacheFolder());
  return followModels({
    ...core,
    folder,
    async look(): Promise<ModelsHere> {
      // They may be what the settings needed.
      settings.again();
      const { base } = core.inForce;
      const all = await openModelStore({ plugins: base.plugins, offline: true }).list(always);
      const here = all.filter(({ state }) => state === 'ready');
      const folders = new Map(here.map(({ entry, folder: place }) => [entry.id, place]));
      return { installed: await installedModels(base, always), folders };
    },
    // The refine lane's model counts while hybrid is off too: it may be switched on.
    usedBy: (profile: Profile) =>
      usedModels({ profile: { ...profile, hybrid: true }, plugins: core.inForce.base.plugins }),
    warn,
  });
}

interface SettingsFollowedBy {
  readonly core: Core;
  readonly desktop: DesktopParts;
  readonly troubles: Troubles;
  sourceChanged(): void;
}

/** A file that is saved counts from the next dictation on. */
function followedSettings(
  { core, desktop, troubles, sourceChanged }: SettingsFollowedBy,
  options: Running,
): SettingsFollower {
  const { config, changed, warn } = options;
  return followSettings({
    file: config === undefined ? userConfigurationFile() : resolve(config),
    troubles,
    inForce: () => core.inForce.base,
    read: () => settle({ ...options, includeWorkingDirectory: false }, always),
    use: (next, signal) => useSettings(next, { ...core, desktop, sourceChanged }, signal),
    used: ({ files }) => changed(files),
    warn,
  });
}

/** Key, clipboard, sounds and hooks. Without a desktop everything else works. */
async function openDesktop(
  { broadcast, dictations, engines, history, inForce }: Core,
  { ownership, warn }: Running,
  signal: AbortSignal,
): Promise<DesktopParts> {
  const needs = () => needsOf(inForce.configured().sink, inForce.base.plugins);
  const port = { dictations, broadcast, settings: inForce.configured, needs, warn };
  const listeners = await openListeners(port);
  ownership.own('sounds and hooks', () => listeners.close());
  const written = { history, dictations, engines, settings: inForce.dictation };
  const acts = {
    undo: async () => undoneOrWhy(await undo(written)),
    paste: async () => pastedOrWhy(await paste(written, {})),
  };
  const parts = await openDesktopParts({ ...port, ...acts }, signal);
  ownership.own('key and clipboard', () => parts.close());
  return parts;
}

/** One that stays open for its pre-roll would go on listening. What is being said into it is heard to its end. */
function closeOtherSources({ dictations, shared, inForce }: Core, warn: ServeOptions['warn']): void {
  void dictations
    .quiet()
    .then(() => shared.keepOnly(inForce.dictation().source))
    .catch((error: unknown) => warn(unclosed('The previous microphone', error)));
}

/** Whether the lanes are ready; not when a client ends the daemon before: what was recorded then is read by the next one. */
async function warmedUp(
  { engines }: Core,
  { ending, quitting }: { readonly ending: AbortSignal; readonly quitting: AbortSignal },
): Promise<boolean> {
  try {
    await engines.ready(ending);
    return true;
  } catch (error) {
    if (quitting.aborted) return false;
    throw error;
  }
}

function historyOnly({ code, message, hint }: VoiceInputError): VoiceInputError {
  return new VoiceInputError(code, `${message} Dictations are saved to the history only.`, { hint });
}
