// What undo removes, and what is pasted: the newest, where nobody names another.

import type { HistoryEntry, RemoteOutcome, Result } from '@voiceinput/client';
import type { DictationSettings } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { History } from '../../history/history.ts';
import { withoutWords } from '../../history/missing.ts';
import { newId } from '../../history/id.ts';
import type { Engines } from '../open/engines.ts';
import type { Dictations } from './dictations.ts';

const BY_HAND = 'Change the text by hand, or find the dictation with: voiceinput history';
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
  /** Whether a copy is inserted at the cursor also where the draft stands. Default: no. */
  readonly copy?: boolean | undefined;
}

/** Without an ID, the newest dictation or paste that wrote something. */
export async function undo(
  { dictations, engines, history }: WrittenPort,
  sessionId = dictations.newest,
): Promise<Result<'undo'>> {
  if (sessionId === undefined) return { edits: [] };
  const { left, edits } = await engines.now.engine.undo(sessionId, always);
  const isDone = edits.some(({ kind }) => kind === 'applied');
  const isRemembered = dictations.transcribing.includes(sessionId) || (await history.has(sessionId));
  if (isDone && isRemembered) await history.note(sessionId, { left });
  return { sessionId, ...(isDone && { left }), edits: [...edits] };
}

/**
 * Puts the refined text in place of its draft, or inserts the text at the cursor when no draft stands. Rejects with
 * `ERR_HISTORY_UNKNOWN` when there is no such text, or it was not kept.
 */
export async function paste(
  port: WrittenPort,
  { id, stage = 'refined', copy = false }: PasteRequest,
): Promise<Result<'paste'>> {
  const { history, dictations, engines, settings } = port;
  const entry = id === undefined ? await newestSaid(port) : await history.get(id);
  const text = textOf(entry, stage);
  const replaced = stage === 'refined' && !copy ? await replace(port, entry.id) : undefined;
  if (replaced !== undefined) {
    // It stands again.
    if (replaced.edit.kind === 'applied' && entry.left !== undefined) await history.note(entry.id, { left: undefined });
    return { sessionId: entry.id, ...replaced };
  }
  const sessionId = newId();
  const { sink } = settings();
  const request = { sessionId, label: 'history', sink, text };
  const edit = await engines.now.engine.insert(request, always);
  if (edit.kind === 'applied') dictations.wrote(sessionId);
  return { sessionId, edit };
}

/** Throws `ERR_DESKTOP` when nothing of it was undone: who presses a key gets no other answer. */
export function undoneOrWhy({ edits }: Pick<Result<'undo'>, 'edits'>): void {
  const failed = edits.find(({ kind }) => kind !== 'applied');
  if (failed !== undefined && edits.every(({ kind }) => kind !== 'applied'))
    throw new VoiceInputError('ERR_DESKTOP', `Nothing was undone: ${whyNot(failed)}.`, {
      hint: 'Try Ctrl+Z in the application, or change the text by hand.',
    });
}

/** Throws `ERR_DESKTOP` when the text was not put in: who presses a key gets no other answer. */
export function pastedOrWhy({ edit }: Pick<Result<'paste'>, 'edit'>): void {
  if (edit.kind !== 'applied')
    throw new VoiceInputError('ERR_DESKTOP', `The text was not inserted: ${whyNot(edit)}.`, { hint: BY_HAND });
}

const whyNot = ({ explanation, reason = '' }: RemoteOutcome): string => explanation ?? reason;

/** What came of replacing the draft of a dictation. Absent when no other text of it stands than its best. */
async function replace({ engines, dictations }: WrittenPort, sessionId: string) {
  const edits = await engines.now.engine.replace(sessionId, always);
  if (edits.some(({ kind }) => kind === 'applied')) dictations.wrote(sessionId);
  const failed = edits.find(({ kind }) => kind !== 'applied');
  if (failed !== undefined) return { edit: failed, wouldCopy: true };
  return edits[0] && { edit: edits[0] };
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
