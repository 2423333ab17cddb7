// What the daemon does with what was dictated before, for its clients.

import { withoutAudio } from '../history/missing.ts';
import type { Handlers, House } from './house.ts';
import { paste, textOf } from './written.ts';

export function historyHandlers(house: House) {
  const { history, broadcast } = house;
  return {
    paste: (request) => paste(house, request),
    'history/list': async (request) => ({ entries: await history.list(request) }),
    'history/retry': ({ id, profile }) => retry(house, id, profile),
    async 'history/copy'({ id, stage = 'refined' }) {
      await house.copy(textOf(await history.get(id), stage));
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

async function retry({ history, dictations, engines, profileNamed, settings }: House, id: string, name?: string) {
  const entry = await history.get(id);
  if (!entry.hasAudio) throw withoutAudio(entry, settings().history);
  const profile = name === undefined ? engines.now.profile : profileNamed(name);
  const path = history.recordings.pathOf(entry.id);
  const about = { mode: 'retry', path, profile: profile.name, retryOf: entry.id } as const;
  if (profile.name === engines.now.profile.name && profile.hybrid === engines.now.profile.hybrid)
    return dictations.reread({ ...about, engine: engines.now.engine });
  return engines.with(profile, (engine) => dictations.reread({ ...about, engine }));
}
