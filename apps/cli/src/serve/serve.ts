// How the daemon begins, what it is made of and in which order it ends.

import { runtimeFolder, writeDaemonInfo } from '@voiceinput/client';
import type { HistoryEntry } from '@voiceinput/client';
import type { DictationSettings, Ownership } from '@voiceinput/engine';
import { createOwnership, openSharedParts } from '@voiceinput/engine';
import type { Models, ModelStoreOptions } from '@voiceinput/models';
import type { EngineEvent } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { HttpAddress } from '../http/http.ts';
import { clearUploads } from '../http/uploads.ts';
import { userDataFolder } from '../settings/folders.ts';
import { profileOf, settle } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { createBroadcast } from './broadcast.ts';
import type { Broadcast } from './broadcast.ts';
import sinkNowhere from '../built-in/sink-nowhere.ts';
import { openCompanions } from './companions.ts';
import type { Companions } from './companions.ts';
import { createDictations } from './dictations.ts';
import { openDoor } from './door.ts';
import { createEngines } from './engines.ts';
import { tellingModels } from './fetching.ts';
import { openListeners } from './listeners.ts';
import { openHistoryAlone } from './only-one.ts';
import { orphans, recover } from './recover.ts';
import { createRemoteSinks } from './remote-sink.ts';
import { answerRequests } from './requests.ts';
import type { House } from './house.ts';
import { failed, unclosed } from './trouble.ts';
import { paste, undo } from './written.ts';
import { daemonCommand } from '../settings/main-file.ts';

/** They need a desktop. */
const INTO_FIELDS = ['sink-desktop', 'sink-paste'];
const NOWHERE = { use: sinkNowhere.id, options: {} };
const SWEEP_EVERY_MS = 3_600_000;

export interface ServeOptions extends SettingsRequest {
  readonly version: string;
  /** Answers HTTP too, at this port; 0 is any that is free. */
  readonly http?: { readonly port: number; opened(address: HttpAddress): void } | undefined;
  /** Hears of every transfer. */
  models(plugins: Settings['plugins'], onProgress: NonNullable<ModelStoreOptions['onProgress']>): Models;
  /** Told when clients can connect, and when the lanes are warm. */
  listening(socket: string): void;
  ready(mode: DictationSettings['mode'], key: Companions['key']): void;
  /** Told of each dictation whose daemon ended before it was read, when it has been read now. */
  recovered(entry: HistoryEntry): void;
  warn(error: VoiceInputError): void;
}

/** Runs the daemon until `signal` or a client ends it. Rejects with `ERR_DAEMON_RUNNING` when there is one already. */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const settings = await settle({ ...options, hereToo: false }, signal);
  const ownership = createOwnership();
  try {
    const { ended } = await open(settings, { ...options, ownership }, signal);
    await ended;
  } finally {
    await ownership.closeAll().catch((error: unknown) => options.warn(unclosed('The daemon', error)));
  }
}

async function open(
  settings: Settings,
  {
    version,
    http: httpWanted,
    models: openModels,
    listening,
    ready,
    recovered,
    warn,
    ownership,
  }: ServeOptions & { readonly ownership: Ownership },
  signal: AbortSignal,
): Promise<{ readonly ended: Promise<void> }> {
  const broadcast = createBroadcast();
  const models = tellingModels((onProgress) => openModels(settings.plugins, onProgress), broadcast);
  const quitting = new AbortController();
  const ending = AbortSignal.any([signal, quitting.signal]);
  let dictation = settings.dictation;
  /** Until it is known, there is none. */
  let displayTrouble = (): VoiceInputError | undefined => undefined;
  /** Without a desktop, or when it has gone, texts go into the history only. */
  const inForce = (): DictationSettings =>
    INTO_FIELDS.includes(dictation.sink.use) && displayTrouble() ? { ...dictation, sink: NOWHERE } : dictation;
  let isReady = false;

  const place = { folder: userDataFolder(), run: runtimeFolder() };
  const history = await openHistoryAlone({ ...place, settings: dictation.history, warn }, signal);
  ownership.own('the history', () => history.close());
  const lost = await orphans(history);
  let recovering: Promise<void> | undefined;
  // After the engine, which ends what is being read; the next daemon reads it.
  ownership.own('what is recovered', async () => recovering);

  const remoteSinks = createRemoteSinks();
  // Loaded only where it is wanted.
  const http = httpWanted && (await import('../http/http.ts')).prepareHttp();
  let httpAddress: HttpAddress | undefined;
  const plugins = [...settings.plugins, ...remoteSinks.plugins, ...(http?.plugins ?? [])];
  const heard = (event: EngineEvent): void => tell(event, broadcast);
  const shared = openSharedParts({ plugins, models, heard });
  ownership.own('sources and sinks', () => shared.close());
  const engines = createEngines({ profile: settings.profile, plugins, models, shared, heard, warn });
  ownership.own('the engine', () => engines.close());

  const dictations = createDictations({
    history,
    broadcast,
    settings: inForce,
    engine: () => ({ engine: engines.now.engine, profile: engines.now.profile.name }),
  });
  const told = { dictations, broadcast, settings: () => dictation, warn };
  const listeners = await openListeners(told);
  ownership.own('sounds and hooks', () => listeners.close());
  const written = { history, dictations, engines, settings: inForce };
  const acts = { undo: () => undo(written), paste: () => paste(written, {}) };
  const companions = await openCompanions({ ...told, ...acts }, signal);
  ownership.own('key and clipboard', () => companions.close());
  displayTrouble = () => companions.displayTrouble;
  if (companions.displayTrouble !== undefined && INTO_FIELDS.includes(dictation.sink.use))
    warn(historyOnly(companions.displayTrouble));

  const house: House = {
    version,
    engines,
    history,
    dictations,
    broadcast,
    remoteSinks,
    startedAt: new Date(),
    models,
    base: settings,
    isReady: () => isReady,
    settings: inForce,
    listenTo(source) {
      dictation = { ...dictation, source };
      // One that stays open for its pre-roll would go on listening. What is being said into it is heard to its end.
      void dictations
        .quiet()
        .then(() => shared.keepOnly(dictation.source))
        .catch((error: unknown) => warn(unclosed('The microphone before', error)));
    },
    profileNamed: (name) => profileOf(settings, name),
    key: () => companions.key,
    http: () => httpAddress,
    copy: (text) => companions.copy(text),
    quit: () => quitting.abort(),
  };
  const info = await writeDaemonInfo(place.run, daemonCommand);
  const door = await openDoor(info, {
    version,
    welcome: (connection) => answerRequests(connection, house),
    refused: warn,
  });
  ownership.own('the door', () => door.close());
  listening(info.socket);
  await clearUploads(runtimeFolder());
  if (http !== undefined && httpWanted !== undefined) {
    const opened = await http.open(house, httpWanted.port, ending);
    ownership.own('HTTP', () => opened.close());
    httpAddress = opened;
    httpWanted.opened(opened);
  }

  try {
    await engines.ready(ending);
  } catch (error) {
    // What was recorded meanwhile is read by the next daemon.
    if (quitting.signal.aborted) return { ended: Promise.resolve() };
    throw error;
  }
  isReady = true;
  broadcast.emit({ type: 'ready' });
  ready(dictation.mode, companions.key);
  recovering = recover(lost, { history, dictations, engines, broadcast, recovered }, ending).catch((error: unknown) =>
    warn(failed('A recording cannot be recovered', error)),
  );
  // What cannot be tidied up keeps nobody from dictating.
  const sweep = (): Promise<void> =>
    history.sweep(new Date()).catch((error: unknown) => warn(failed('Old dictations cannot be removed', error)));
  const sweeping = setInterval(() => void sweep(), SWEEP_EVERY_MS);
  ownership.own('the sweep', async () => clearInterval(sweeping));
  await sweep();

  return { ended: end() };

  async function end(): Promise<void> {
    await aborted(ending);
    dictations.stop();
    await dictations.finished();
  }
}

/** Numbers start anew: clients see one row of events, whichever engine they come from. */
function tell({ seq: _seq, ...event }: EngineEvent, broadcast: Broadcast): void {
  broadcast.emit(event);
}

function historyOnly({ code, message, hint }: VoiceInputError): VoiceInputError {
  return new VoiceInputError(code, `${message} What is dictated goes into the history only.`, { hint });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
