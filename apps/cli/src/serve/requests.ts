// What the daemon does for each request of a client.

import type { MethodName, Params, Status, Connection } from '@voiceinput/client';
import { methods } from '@voiceinput/client';
import { completeChoice, profileNames, refuseUnheard } from '@voiceinput/engine';
import type { PartChoice } from '@voiceinput/engine';
import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import { optionsOf } from '../settings/commands.ts';
import { firstWanted, wantedDevices } from '../settings/device.ts';
import { fingerprintOf } from '../settings/fingerprint.ts';
import { userConfigurationFile } from '../settings/folders.ts';
import { historyHandlers } from './history-requests.ts';
import type { Handlers, House } from './house.ts';
import { machineHandlers } from './machine-requests.ts';
import { undo } from './written.ts';

const QUIT_DELAY_MS = 50;
/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

type Wish = NonNullable<Params<'start'>['sink']>;

/** Lets a known client ask. */
export function answerRequests(connection: Connection, house: House): void {
  const handlers = handlersOf(house);
  for (const [name, handler] of Object.entries(handlers)) {
    // Each handler takes just what its own schema checked.
    const work = handler as (params: unknown, connection: Connection) => Promise<object>;
    connection.onRequest<unknown>(name, methods[name as MethodName].params, (params) => work(params, connection));
  }
  house.remoteSinks.serve(connection, () => house.engines.now.engine);
}

function handlersOf(house: House): Handlers {
  const { dictations, engines, broadcast } = house;
  return {
    status: async () => statusOf(house),
    start: async ({ mode, sink }) => dictations.start({ mode, sink: sink && chosen(house, 'sink', sink) }),
    stop: async () => withId(dictations.stop()),
    async toggle({ sink: wanted }) {
      const sink = wanted && chosen(house, 'sink', wanted);
      const stopped = dictations.stop();
      return stopped === undefined ? { recording: dictations.start({ mode: 'toggle', sink }) } : { stopped };
    },
    cancel: async () => withId(dictations.cancel()),
    undo: ({ sessionId }) => undo(house, sessionId),
    async set({ hybrid, profile, source: wanted }) {
      // What is not there is refused before anything changes.
      const source = wanted && chosen(house, 'source', wanted);
      if (source !== undefined) await refuseMissing(source, house);
      const base = profile === undefined ? engines.now.profile : house.profileNamed(profile);
      const next = hybrid === undefined ? base : { ...base, hybrid };
      refuseUnheard(
        next,
        house.base.plugins.map(({ plugin }) => plugin),
        'The request',
      );
      if (source !== undefined) house.listenTo(source);
      if (profile !== undefined || hybrid !== undefined) engines.use(next);
      broadcast.emit({ type: 'settings', profile: next.name, hybrid: next.hybrid });
      return statusOf(house);
    },
    result: ({ sessionId }) => dictations.resultOf(sessionId),
    async watch({ text = false, after }, connection) {
      const { seq } = broadcast;
      broadcast.watch(connection, { text, after });
      return { seq };
    },
    ...historyHandlers(house),
    ...machineHandlers(house),
    async quit() {
      // The answer goes out before.
      setTimeout(house.quit, QUIT_DELAY_MS);
      return {};
    },
  };
}

/** Nobody should speak into what there is not. Throws `ERR_PLUGIN_NOT_FOUND`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
function chosen({ base, engines }: House, kind: 'source' | 'sink', { use, options }: Wish): PartChoice {
  const { dictation, plugins } = base;
  const wish = options === undefined ? optionsOf(use, { profile: engines.now.profile, dictation }) : { use, options };
  return completeChoice(wish, {
    kind,
    plugins: plugins.map(({ plugin }) => plugin),
    whence: 'The request',
    path: kind,
  });
}

/** Where devices cannot be listed, the next dictation says what is wrong. Rejects with `ERR_MICROPHONE_MISSING`. */
async function refuseMissing(source: PartChoice, { engines }: House): Promise<void> {
  const wanted = wantedDevices(source.options);
  if (wanted.length === 0) return;
  const devices = await engines.now.engine.devices(source, always).catch(() => []);
  if (devices.length === 0 || firstWanted(wanted, devices) !== undefined) return;
  const names = devices.map(({ id, name }) => (id === name ? quoted(id) : `${quoted(id)} (${name})`));
  throw new VoiceInputError(
    'ERR_MICROPHONE_MISSING',
    `There is no microphone ${wanted.map((one) => quoted(one)).join(' or ')}. There are: ${names.join(', ')}.`,
  );
}

async function statusOf(house: House): Promise<Status> {
  const { engine, profile } = house.engines.now;
  const { source, sink, mode } = house.settings();
  const { recording, transcribing } = house.dictations;
  const http = house.http();
  return {
    version: house.version,
    pid: process.pid,
    startedAt: house.startedAt.toISOString(),
    state: recording !== undefined ? 'recording' : house.isReady() ? 'idle' : 'opening',
    ...(recording && { recording }),
    transcribing: [...transcribing],
    profile: profile.name,
    profiles: profileNames(house.base.configuration),
    hybrid: profile.hybrid,
    fingerprint: fingerprintOf({ profile, plugins: house.base.plugins }),
    source: plain(source),
    sink: plain(sink),
    mode,
    key: house.key(),
    processes: [...(await engine.processes())],
    settingsFiles: [...house.base.files],
    settingsFile: userConfigurationFile(),
    ...(http && { http: { url: http.url, tokenFile: http.tokenFile } }),
    seq: house.broadcast.seq,
  };
}

const plain = ({ use, options }: PartChoice) => ({ use, options: { ...options } });
const withId = (sessionId: string | undefined) => ({ ...(sessionId !== undefined && { sessionId }) });
