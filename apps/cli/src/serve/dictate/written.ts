// What undo removes, and what is pasted: the newest, where nobody names another.

import type { HistoryEntry, RemoteOutcome, Result } from '@voiceinput/client';
import type { DictationSettings } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { History } from '../../history/history.ts';
import { withoutWords } from '../../history/missing.ts';
import { newId } from '../../history/id.ts';
import type { Engines } from '../open/engines.ts';
import type { Dictations } from './dictations.ts';

/** How far back a text to paste is looked for. */
const RECENT = 20;
/** What a client asked for is done even when the client has gone. */
const { signal: always } = new AbortController();

export interface WrittenPort {
  readonly history: History;
  readonly dictations: Pick<Dictations, 'newest' | 'transcribing' | 'resultOf' | 'wrote'>;
  readonly engines: Engines;
  settings(): Pick<DictationSettings, 'sink'>;
}

export interface PasteRequest {
  /** Absent: the newest that words were said in. */
  readonly id?: string | undefined;
  readonly stage?: 'draft' | 'refined' | undefined;
}

/** Without an ID, the newest dictation or paste that wrote something. */
export async function undo(
  { dictations, engines }: WrittenPort,
  sessionId = dictations.newest,
): Promise<Result<'undo'>> {
  if (sessionId === undefined) return { edits: [] };
  const { left, edits } = await engines.now.engine.undo(sessionId, always);
  return { sessionId, ...(edits.some(({ kind }) => kind === 'applied') && { left }), edits: [...edits] };
}

/** Rejects with `ERR_HISTORY_UNKNOWN` when there is no such text, or it was not kept. */
export async function paste(
  port: WrittenPort,
  { id, stage = 'refined' }: PasteRequest,
): Promise<{ sessionId: string; edit: RemoteOutcome }> {
  const { history, dictations, engines, settings } = port;
  const entry = id === undefined ? await newestSaid(port) : await history.get(id);
  const sessionId = newId();
  const { sink } = settings();
  const request = { sessionId, label: 'history', sink, text: textOf(entry, stage) };
  const edit = await engines.now.engine.insert(request, always);
  if (edit.kind === 'applied') dictations.wrote(sessionId);
  return { sessionId, edit };
}

/** Throws `ERR_HISTORY_UNKNOWN` when there is none, with the reason. */
export function textOf(entry: HistoryEntry, stage: 'draft' | 'refined'): string {
  const words = stage === 'draft' ? entry.draft : entry.text;
  if (words === undefined || words === '') throw withoutWords(entry);
  return words;
}

/** The newest that words were said in, kept or not: an older one in its place would be a surprise. */
async function newestSaid({ history, dictations }: WrittenPort): Promise<HistoryEntry> {
  const [reading] = dictations.transcribing.slice(-1);
  if (reading !== undefined) await dictations.resultOf(reading);
  const entries = await history.list({ limit: RECENT });
  const said = entries.find(({ outcome, text }) => (outcome === 'done' || outcome === 'failed') && text !== '');
  if (said !== undefined) return said;
  throw new VoiceInputError('ERR_HISTORY_UNKNOWN', 'There is no dictation to insert yet.');
}
