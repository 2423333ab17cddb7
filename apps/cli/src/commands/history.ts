// What the history commands print: drafts beside refined texts.

import type { Client, HistoryEntry } from '@voiceinput/client';
import { quoted } from '@voiceinput/plugin-api';
import { entryText } from '../show/entry.ts';
import { pasteText } from '../show/outcome.ts';
import { print } from '../show/table.ts';
import { NOT_DONE, reachDaemon, withDaemon } from './daemon.ts';
import { inLocale } from '../messages/in-locale.ts';

export interface ListOptions {
  readonly json: boolean;
  readonly limit: number;
  readonly query: string | undefined;
  readonly corrected: boolean;
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
  query === undefined ? inLocale`No dictations yet.` : inLocale`No dictation contains ${quoted(query)}.`;

/** As many as are wanted, newest first. */
export async function entriesOf(
  client: Client,
  { limit, query, corrected }: Omit<ListOptions, 'json'>,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let isMore = true; isMore;) {
    const most = Math.min(limit - entries.length, PAGE_ENTRIES);
    const before = entries.at(-1)?.id;
    const page = await client.call('history/list', {
      limit: most,
      corrected,
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
  { json, draft, copy }: { readonly json: boolean; readonly draft: boolean; readonly copy: boolean },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const asked = { stage: draft ? 'draft' : 'refined', copy, ...(id !== undefined && { id }) } as const;
    const answer = await client.call('paste', asked);
    print(json, answer, pasteText(answer));
    return answer.edit.kind === 'applied' ? 0 : NOT_DONE;
  });
}

export function retryDictation(
  id: string,
  {
    json,
    profile,
    model,
  }: { readonly json: boolean; readonly profile: string | undefined; readonly model: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  return withDaemon(reachDaemon(signal), async (client) => {
    const how = { ...(profile !== undefined && { profile }), ...(model !== undefined && { model }) };
    const entry = await client.call('history/retry', { id, ...how });
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
    print(json, {}, inLocale`Copied.`);
    return 0;
  });
}
