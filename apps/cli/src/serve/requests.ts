// Decides what the daemon does for each request of a client.

import type { MethodName, Params, Result, Status, Talk } from '@voiceinput/client';
import { methods } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorReport } from '@voiceinput/plugin-api';
import type { DictationSettings, PartChoice, Profile } from '@voiceinput/engine';
import type { History } from '../history/history.ts';
import { fingerprintOf } from '../settings/fingerprint.ts';
import type { Settings } from '../settings/settle.ts';
import type { Broadcast } from './broadcast.ts';
import type { Dictations } from './dictations.ts';
import type { Engines } from './engines.ts';
import type { RemoteSinks } from './remote-sink.ts';

const QUIT_DELAY_MS = 50;

export interface House {
  readonly version: string;
  readonly startedAt: Date;
  readonly engines: Engines;
  readonly history: History;
  readonly dictations: Dictations;
  readonly broadcast: Broadcast;
  readonly remoteSinks: RemoteSinks;
  readonly settingsFiles: readonly string[];
  readonly plugins: Settings['plugins'];
  /** Whether the lanes are warm. */
  isReady(): boolean;
  settings(): DictationSettings;
  /** Changes the settings until the daemon ends. */
  change(settings: Partial<DictationSettings>): void;
  /** Throws `ERR_PROFILE_UNKNOWN`. */
  profileNamed(name: string): Profile;
  keyTrouble(): ErrorReport | undefined;
  copy(text: string): Promise<void>;
  quit(): void;
}

type Handlers = { readonly [M in MethodName]?: (params: Params<M>, talk: Talk) => Promise<Result<M>> };

/** Lets a known client ask. */
export function answerRequests(talk: Talk, house: House): void {
  const handlers = handlersOf(house);
  for (const [name, handler] of Object.entries(handlers)) {
    // Each handler takes just what its own schema checked.
    const work = handler as (params: unknown, talk: Talk) => Promise<object>;
    talk.answer<unknown>(name, methods[name as MethodName].params, (params) => work(params, talk));
  }
  house.remoteSinks.serve(talk, () => house.engines.now.engine);
}

function handlersOf(house: House): Handlers {
  const { dictations, history, engines, broadcast } = house;
  return {
    status: async () => statusOf(house),
    start: async (request) => dictations.start(request),
    stop: async () => withId(dictations.stop()),
    async toggle({ sink }) {
      const stopped = dictations.stop();
      return stopped === undefined ? { recording: dictations.start({ mode: 'toggle', sink }) } : { stopped };
    },
    cancel: async () => withId(dictations.cancel()),
    async undo({ sessionId = dictations.newest }) {
      if (sessionId === undefined) return { edits: [] };
      return { sessionId, edits: [...(await engines.now.engine.undo(sessionId))] };
    },
    async set({ hybrid, profile, source }) {
      if (source !== undefined) house.change({ source });
      const base = profile === undefined ? engines.now.profile : house.profileNamed(profile);
      const next = hybrid === undefined ? base : { ...base, hybrid };
      if (profile !== undefined || hybrid !== undefined) engines.use(next);
      broadcast.emit({ type: 'settings', profile: next.name, hybrid: next.hybrid });
      return statusOf(house);
    },
    result: ({ sessionId }) => dictations.resultOf(sessionId),
    async watch({ text = false, after }, talk) {
      const { seq } = broadcast;
      broadcast.watch(talk, { text, after });
      return { seq };
    },
    'history/list': async (request) => ({ entries: await history.list(request) }),
    'history/retry': ({ id, profile }) => retry(house, id, profile),
    async 'history/copy'({ id, stage = 'refined' }) {
      const { draft, text } = await history.get(id);
      const words = stage === 'draft' ? draft : text;
      if (words === undefined)
        throw new VoiceInputError('ERR_HISTORY_UNKNOWN', `The text of ${id} was not kept.`, {
          hint: 'Texts are kept when dictation.history.keepText is on.',
        });
      await house.copy(words);
      return {};
    },
    async 'history/remove'({ id }) {
      await history.remove(id);
      return {};
    },
    async microphones() {
      const { signal } = new AbortController();
      return { devices: [...(await engines.now.engine.devices(house.settings().source, signal))] };
    },
    async quit() {
      // The answer goes out before.
      setTimeout(house.quit, QUIT_DELAY_MS);
      return {};
    },
  };
}

async function statusOf(house: House): Promise<Status> {
  const { engine, profile } = house.engines.now;
  const { source, sink, mode, key } = house.settings();
  const { recording, transcribing } = house.dictations;
  const trouble = house.keyTrouble();
  return {
    version: house.version,
    pid: process.pid,
    startedAt: house.startedAt.toISOString(),
    state: recording !== undefined ? 'recording' : house.isReady() ? 'idle' : 'opening',
    ...(recording && { recording }),
    transcribing: [...transcribing],
    profile: profile.name,
    hybrid: profile.hybrid,
    fingerprint: fingerprintOf({ profile, plugins: house.plugins }),
    source: plain(source),
    sink: plain(sink),
    mode,
    key: { name: key, ...(trouble && { trouble }) },
    processes: [...(await engine.processes())],
    settingsFiles: [...house.settingsFiles],
    seq: house.broadcast.seq,
  };
}

async function retry({ history, dictations, engines, profileNamed }: House, id: string, name?: string) {
  const entry = await history.get(id);
  if (!entry.hasAudio)
    throw new VoiceInputError('ERR_HISTORY_UNKNOWN', `The recording of ${entry.id} is not kept any more.`, {
      hint: 'dictation.history.audioHours says how long recordings are kept.',
    });
  const profile = name === undefined ? engines.now.profile : profileNamed(name);
  const path = history.recordings.pathOf(entry.id);
  const about = { mode: 'retry', path, profile: profile.name, retryOf: entry.id } as const;
  if (profile.name === engines.now.profile.name && profile.hybrid === engines.now.profile.hybrid)
    return dictations.reread({ ...about, engine: engines.now.engine });
  return engines.with(profile, (engine) => dictations.reread({ ...about, engine }));
}

const plain = ({ use, options }: PartChoice) => ({ use, options: { ...options } });
const withId = (sessionId: string | undefined) => ({ ...(sessionId !== undefined && { sessionId }) });
