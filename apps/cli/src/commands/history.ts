// What the history commands print: drafts beside refined texts.

import type { Client, HistoryEntry } from '@voiceinput/client';
import { quoted } from '@voiceinput/plugin-api';
import { editsText, endText, pasteText } from '../show/outcome.ts';
import { print } from '../show/table.ts';
import { NOT_DONE, reachDaemon, withDaemon } from './daemon.ts';

export interface ListOptions {
  readonly json: boolean;
  readonly limit: number;
  readonly query: string | undefined;
}

/** An answer has its greatest size, and texts may be long. */
const PAGE_ENTRIES = 50;

export function listHistory(options: ListOptions, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const entries = await entriesOf(client, options);
    print(
      options.json,
      entries,
      entries.length === 0 ? nothingFound(options.query) : entries.map(entryText).join('\n\n'),
    );
    return 0;
  });
}

const nothingFound = (query: string | undefined): string =>
  query === undefined ? 'No dictations yet.' : `No dictation contains ${quoted(query)}.`;

async function entriesOf(client: Client, { limit, query }: ListOptions): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let isMore = true; isMore;) {
    const most = Math.min(limit - entries.length, PAGE_ENTRIES);
    const before = entries.at(-1)?.id;
    const page = await client.call('history/list', {
      limit: most,
      ...(query !== undefined && { query }),
      ...(before !== undefined && { before }),
    });
    entries.push(...page.entries);
    isMore = page.entries.length === most && entries.length < limit;
  }
  return entries;
}

export function showDictation(id: string, { json }: { readonly json: boolean }, signal: AbortSignal): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const entry = await client.call('result', { sessionId: id });
    print(json, entry, entryText(entry));
    return 0;
  });
}

/** Gives the exit code: that of the daemon's errors when the text could not be inserted. */
export function pasteDictation(
  id: string | undefined,
  { json, draft }: { readonly json: boolean; readonly draft: boolean },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const asked = { stage: draft ? 'draft' : 'refined', ...(id !== undefined && { id }) } as const;
    const answer = await client.call('paste', asked);
    print(json, answer, pasteText(answer.edit));
    return answer.edit.kind === 'applied' ? 0 : NOT_DONE;
  });
}

export function retryDictation(
  id: string,
  { json, profile }: { readonly json: boolean; readonly profile: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const entry = await client.call('history/retry', { id, ...(profile !== undefined && { profile }) });
    print(json, entry, entryText(entry));
    return 0;
  });
}

export function copyDictation(
  id: string,
  { json, draft }: { readonly json: boolean; readonly draft: boolean },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    await client.call('history/copy', { id, stage: draft ? 'draft' : 'refined' });
    print(json, {}, 'Copied.');
    return 0;
  });
}

export function removeDictation(
  id: string,
  { json }: { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    await client.call('history/remove', { id });
    print(json, {}, 'Deleted.');
    return 0;
  });
}

function entryText(entry: HistoryEntry): string {
  const { id, startedAt, app, secret, outcome, draft, text, audioMs, edits, segments, error } = entry;
  const about = [
    new Date(startedAt).toLocaleString(),
    `${(audioMs / 1000).toFixed(1)} s`,
    app,
    endText(outcome),
    secret === true ? 'a password field' : editsText(edits),
    segments?.some(({ doubtful }) => doubtful !== undefined) === true ? 'doubtful: may be in another language' : '',
  ];
  const lines = [`${id}  ${about.filter(Boolean).join(' · ')}`];
  if (draft !== undefined && draft !== text) lines.push(`  draft    ${draft}`);
  if (text !== undefined && text !== '') lines.push(`  refined  ${text}`);
  if (error !== undefined) lines.push(`  ${error.message}`);
  return lines.join('\n');
}
