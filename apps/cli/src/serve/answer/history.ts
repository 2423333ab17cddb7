// What clients can do with what was dictated before.

import type { HistoryEntry, Params } from '@voiceinput/client';
import type { Profile } from '@voiceinput/engine';
import type { Models } from '@voiceinput/models';
import { containsWords } from '../../history/history.ts';
import type { History } from '../../history/history.ts';
import { withoutAudio, withoutWords } from '../../history/missing.ts';
import { profileReadBy } from '../../settings/read-by.ts';
import type { Dictations } from '../dictate/dictations.ts';
import { textOf } from '../dictate/written.ts';
import type { Engines } from '../open/engines.ts';
import type { SettingsInForce } from '../open/settings-in-force.ts';
import type { Broadcast } from './broadcast.ts';
import type { Handlers } from './handlers.ts';

export interface HistoryPort {
  readonly history: History;
  readonly dictations: Pick<Dictations, 'reading' | 'reread'>;
  readonly engines: Engines;
  readonly inForce: SettingsInForce;
  readonly models: Pick<Models, 'known'>;
  readonly broadcast: Pick<Broadcast, 'emit' | 'forget'>;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
}

/** Answers the requests `history/…`. */
export function historyHandlers(port: HistoryPort) {
  const { history, dictations, broadcast, copy } = port;
  const changed = (): void => broadcast.emit({ type: 'history-changed' });
  return {
    'history/list': async (request) => ({ entries: await listed(port, request) }),
    'history/retry': (request) => retry(port, request),
    async 'history/copy'({ id, stage = 'refined' }) {
      const underWay = dictations.reading.find((entry) => entry.id === id);
      await copy(textOf(underWay ?? (await history.get(id)), stage));
      return {};
    },
    async 'history/correct'({ id, text }) {
      const entry = await history.get(id);
      if (entry.text === undefined || entry.text === '') throw withoutWords(entry);
      const correction = text.trim() === '' ? undefined : text;
      const kept = await history.note(entry.id, { correction });
      changed();
      return kept ?? entry;
    },
    async 'history/recording'({ id }) {
      const entry = await withAudio(port, id);
      return { id: entry.id, path: history.recordings.pathOf(entry.id) };
    },
    async 'history/size'() {
      return { all: await history.size({}), corrected: await history.size({ corrected: true }) };
    },
    async 'history/clear'(which) {
      const gone = await history.list({ ...which, limit: Infinity });
      const cleared = await history.clear(which);
      for (const { id } of gone) broadcast.forget(id);
      changed();
      return cleared;
    },
    async 'history/remove'({ id }) {
      const { id: whole } = await history.get(id);
      const removed = await history.remove(whole);
      broadcast.forget(whole);
      return removed;
    },
  } satisfies Handlers;
}

/** Those that are being read come first: they are the newest. */
async function listed({ history, dictations }: HistoryPort, request: Params<'history/list'>): Promise<HistoryEntry[]> {
  const { limit = 50, before, query, corrected = false } = request;
  const isWanted = (entry: HistoryEntry): boolean =>
    !corrected && containsWords(entry, query) && (before === undefined || entry.id < before);
  const reading = dictations.reading.filter(isWanted);
  const kept = await history.list(request);
  // One of them may have ended meanwhile.
  const ids = new Set(kept.map(({ id }) => id));
  return [...reading.filter(({ id }) => !ids.has(id)), ...kept].slice(0, limit);
}

async function withAudio({ history, inForce }: HistoryPort, id: string): Promise<HistoryEntry> {
  const entry = await history.get(id);
  if (!entry.hasAudio) throw withoutAudio(entry, inForce.dictation().history);
  return entry;
}

async function retry(port: HistoryPort, { id, profile: name, model }: Params<'history/retry'>) {
  const { history, dictations, engines } = port;
  const entry = await withAudio(port, id);
  const profile = await profileFor(port, name, model);
  const path = history.recordings.pathOf(entry.id);
  const about = { mode: 'retry', path, profile: profile.name, retryOf: entry.id, model } as const;
  const { now } = engines;
  if (model === undefined && profile.name === now.profile.name && profile.hybrid === now.profile.hybrid)
    return dictations.reread({ ...about, engine: now.engine });
  return engines.with(profile, (engine) => dictations.reread({ ...about, engine }));
}

async function profileFor({ engines, inForce, models }: HistoryPort, name?: string, model?: string): Promise<Profile> {
  if (model !== undefined)
    return profileReadBy(inForce.base, name ?? engines.now.profile.name, { model, known: await models.known() });
  return name === undefined ? engines.now.profile : inForce.profileNamed(name);
}
