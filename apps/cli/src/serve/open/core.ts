// What the daemon consists of before any client and any desktop: history, engines, the course of dictations.

import { runtimeFolder } from '@voiceinput/client';
import type { Ownership, SharedParts } from '@voiceinput/engine';
import { openSharedParts } from '@voiceinput/engine';
import type { Descriptor } from '@voiceinput/engine';
import type { Models, ModelStoreOptions } from '@voiceinput/models';
import type { EngineEvent, VoiceInputError } from '@voiceinput/plugin-api';
import type { History } from '../../history/history.ts';
import { userDataFolder } from '../../settings/folders.ts';
import type { Settings } from '../../settings/settle.ts';
import { createBroadcast } from '../answer/broadcast.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import { createRemoteSinks } from '../answer/remote-sink.ts';
import type { RemoteSinks } from '../answer/remote-sink.ts';
import { createDictations } from '../dictate/dictations.ts';
import type { Dictations } from '../dictate/dictations.ts';
import { createEngines } from './engines.ts';
import type { Engines } from './engines.ts';
import { announcingModels } from './fetching.ts';
import { troubleOfNeeds } from './needs.ts';
import { openHistoryAlone } from './only-one.ts';
import { createProfileChoice } from './profile-choice.ts';
import { createSettingsInForce } from './settings-in-force.ts';
import type { SettingsInForce } from './settings-in-force.ts';

export interface Core {
  readonly broadcast: Broadcast;
  readonly models: Models;
  readonly history: History;
  readonly inForce: SettingsInForce;
  readonly shared: SharedParts;
  readonly engines: Engines;
  readonly dictations: Dictations;
  readonly remoteSinks: RemoteSinks;
  /** From now on there are these plugins, beside the daemon's own. */
  usePlugins(plugins: Settings['plugins']): void;
  /** Work that is waited for when everything has closed that it needs, but the history. */
  finishLast(work: Promise<void>): void;
}

export interface CorePort {
  readonly base: Settings;
  /** Of the daemon itself, beside those of the settings. */
  readonly plugins: readonly Descriptor[];
  readonly ownership: Ownership;
  /** Hears of every transfer. */
  models(plugins: readonly Descriptor[], onProgress: NonNullable<ModelStoreOptions['onProgress']>): Models;
  /** Why there is no desktop. */
  displayTrouble(): VoiceInputError | undefined;
  warn(error: VoiceInputError): void;
}

/** Rejects with `ERR_DAEMON_RUNNING` when there is a daemon already. */
export async function openCore(port: CorePort, signal: AbortSignal): Promise<Core> {
  const { base, ownership, displayTrouble, warn } = port;
  const broadcast = createBroadcast();
  const inForce = createSettingsInForce(base, troubleOfNeeds(displayTrouble));
  const folders = { folder: userDataFolder(), run: runtimeFolder() };
  const history = await openHistoryAlone({ ...folders, settings: () => inForce.configured().history, warn }, signal);
  ownership.own('the history', () => history.close());
  const last: Promise<void>[] = [];
  ownership.own('what is recovered', async () => void (await Promise.all(last)));

  const remoteSinks = createRemoteSinks();
  const plugins: Descriptor[] = [];
  const usePlugins: Core['usePlugins'] = (own) =>
    void plugins.splice(0, plugins.length, ...own, ...remoteSinks.plugins, ...port.plugins);
  usePlugins(base.plugins);
  const models = announcingModels((onProgress) => port.models(plugins, onProgress), broadcast);
  const heard = (event: EngineEvent): void => passOn(event, broadcast);
  const shared = openSharedParts({ plugins, models, heard });
  ownership.own('sources and sinks', () => shared.close());
  const engines = createEngines({ profile: base.profile, plugins, models, shared, heard, warn });
  ownership.own('the engine', () => engines.close());
  const dictations = createDictations({
    history,
    broadcast,
    settings: inForce.dictation,
    chooseProfile: createProfileChoice({ engines, inForce, broadcast }),
    engine: () => ({ engine: engines.now.engine, profile: engines.now.profile.name }),
  });
  const finishLast = (work: Promise<void>): void => void last.push(work);
  return { broadcast, models, history, inForce, shared, engines, dictations, remoteSinks, usePlugins, finishLast };
}

/** Numbers start anew: clients see one row of events, whichever engine they come from. */
function passOn({ seq: _seq, ...event }: EngineEvent, broadcast: Broadcast): void {
  broadcast.emit(event);
}
