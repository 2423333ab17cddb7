// Decides what the daemon does with what was dictated before, for its clients.

import type { HistoryEntry } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { newId } from '../history/id.ts';
import type { Handlers, House } from './house.ts';

/** How far back a text to paste is looked for. */
const RECENT = 20;
/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export function historyHandlers(house: House) {
  const { history, broadcast } = house;
  return {
    paste: ({ id, stage = 'refined' }) => paste(house, id, stage),
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

/** The newest entry that has a text, when none is named. */
async function paste(
  { history, dictations, engines, settings }: House,
  id: string | undefined,
  stage: 'draft' | 'refined',
) {
  const entries = id === undefined ? await history.list({ limit: RECENT }) : [await history.get(id)];
  const entry = entries.find(({ text = '' }) => text !== '') ?? entries[0];
  if (entry === undefined) throw new VoiceInputError('ERR_HISTORY_UNKNOWN', 'Nothing was dictated yet.');
  const sessionId = newId();
  const { sink } = settings();
  const edit = await engines.now.engine.insert(
    { sessionId, label: 'history', sink, text: textOf(entry, stage) },
    always,
  );
  if (edit.kind === 'applied') dictations.wrote(sessionId);
  return { sessionId, edit };
}

/** Throws `ERR_HISTORY_UNKNOWN` when texts are not kept. */
function textOf({ id, draft, text }: HistoryEntry, stage: 'draft' | 'refined'): string {
  const words = stage === 'draft' ? draft : text;
  if (words !== undefined) return words;
  throw new VoiceInputError('ERR_HISTORY_UNKNOWN', `The text of ${id} was not kept.`, {
    hint: 'Texts are kept when dictation.history.keepText is on.',
  });
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
