// Decides what is taken back, and what is pasted: the newest, where nobody names another.

import type { HistoryEntry, RemoteOutcome } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { newId } from '../history/id.ts';
import type { House } from './house.ts';

/** How far back a text to paste is looked for. */
const RECENT = 20;
/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export type Written = Pick<House, 'history' | 'dictations' | 'engines' | 'settings'>;

export interface PasteRequest {
  /** Absent: the newest entry that has a text. */
  readonly id?: string | undefined;
  readonly stage?: 'draft' | 'refined' | undefined;
}

/** Without an ID, the newest dictation or paste that wrote something. */
export async function undo(
  { dictations, engines }: Written,
  sessionId = dictations.newest,
): Promise<{ sessionId?: string; edits: RemoteOutcome[] }> {
  if (sessionId === undefined) return { edits: [] };
  return { sessionId, edits: [...(await engines.now.engine.undo(sessionId))] };
}

/** Rejects with `ERR_HISTORY_UNKNOWN` when there is no such text. */
export async function paste(
  { history, dictations, engines, settings }: Written,
  { id, stage = 'refined' }: PasteRequest,
): Promise<{ sessionId: string; edit: RemoteOutcome }> {
  const entries = id === undefined ? await history.list({ limit: RECENT }) : [await history.get(id)];
  const entry = entries.find(({ text = '' }) => text !== '') ?? entries[0];
  if (entry === undefined) throw new VoiceInputError('ERR_HISTORY_UNKNOWN', 'Nothing was dictated yet.');
  const sessionId = newId();
  const { sink } = settings();
  const request = { sessionId, label: 'history', sink, text: textOf(entry, stage) };
  const edit = await engines.now.engine.insert(request, always);
  if (edit.kind === 'applied') dictations.wrote(sessionId);
  return { sessionId, edit };
}

/** Throws `ERR_HISTORY_UNKNOWN` when texts are not kept. */
export function textOf({ id, draft, text }: HistoryEntry, stage: 'draft' | 'refined'): string {
  const words = stage === 'draft' ? draft : text;
  if (words !== undefined) return words;
  throw new VoiceInputError('ERR_HISTORY_UNKNOWN', `The text of ${id} was not kept.`, {
    hint: 'Texts are kept when dictation.history.keepText is on.',
  });
}
