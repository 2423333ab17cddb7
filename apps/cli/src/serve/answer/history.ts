// What clients can do with what was dictated before.

import type { History } from '../../history/history.ts';
import { withoutAudio } from '../../history/missing.ts';
import type { Dictations } from '../dictate/dictations.ts';
import { textOf } from '../dictate/written.ts';
import type { Engines } from '../open/engines.ts';
import type { SettingsInForce } from '../open/settings-in-force.ts';
import type { Broadcast } from './broadcast.ts';
import type { Handlers } from './handlers.ts';

export interface HistoryPort {
  readonly history: History;
  readonly dictations: Pick<Dictations, 'reread'>;
  readonly engines: Engines;
  readonly inForce: SettingsInForce;
  readonly broadcast: Pick<Broadcast, 'forget'>;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
}

/** Answers the requests `history/…`. */
export function historyHandlers(port: HistoryPort) {
  const { history, broadcast, copy } = port;
  return {
    'history/list': async (request) => ({ entries: await history.list(request) }),
    'history/retry': ({ id, profile }) => retry(port, id, profile),
    async 'history/copy'({ id, stage = 'refined' }) {
      await copy(textOf(await history.get(id), stage));
      return {};
    },
    async 'history/remove'({ id }) {
      const { id: whole } = await history.get(id);
      await history.remove(whole);
      broadcast.forget(whole);
      return {};
    },
  } satisfies Handlers;
}

async function retry({ history, dictations, engines, inForce }: HistoryPort, id: string, name?: string) {
  const entry = await history.get(id);
  if (!entry.hasAudio) throw withoutAudio(entry, inForce.dictation().history);
  const profile = name === undefined ? engines.now.profile : inForce.profileNamed(name);
  const path = history.recordings.pathOf(entry.id);
  const about = { mode: 'retry', path, profile: profile.name, retryOf: entry.id } as const;
  if (profile.name === engines.now.profile.name && profile.hybrid === engines.now.profile.hybrid)
    return dictations.reread({ ...about, engine: engines.now.engine });
  return engines.with(profile, (engine) => dictations.reread({ ...about, engine }));
}
