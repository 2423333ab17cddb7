// What the command History shows: dictations, newest first, drafts beside refined texts.

import { ActionPanel, Icon, List } from '@raycast/api';
import { usePromise } from '@raycast/utils';
import type { Client, HistoryEntry } from '@voiceinput/client';
import { useState } from 'react';
import { useDaemon } from './daemon/use-daemon.ts';
import { EntryActions } from './entry/actions.tsx';
import { EntryFacts } from './entry/facts.tsx';
import { entryAsMarkdown } from './entry/words.ts';
import { TroubleView } from './show/trouble.tsx';

const PAGE_ENTRIES = 50;

export default function History() {
  const [query, setQuery] = useState('');
  const daemon = useDaemon({
    heard(event) {
      if (event.type === 'history' || event.type === 'history-changed' || event.type === 'drafted') refresh();
    },
  });
  const { client } = daemon;
  const { data, isLoading, pagination, revalidate } = usePromise(pages, [client, query], {
    execute: client !== undefined,
    failureToastOptions: { title: 'The history cannot be read' },
  });
  const refresh = (): void => void revalidate();
  return (
    <List
      isLoading={isLoading}
      isShowingDetail={data !== undefined && data.length > 0}
      searchBarPlaceholder="Words of a dictation"
      filtering={false}
      throttle
      onSearchTextChange={setQuery}
      {...(pagination && { pagination })}
    >
      {client === undefined && <TroubleView daemon={daemon} />}
      {client !== undefined && data?.length === 0 && <List.EmptyView title="No dictation" icon={Icon.Microphone} />}
      {data?.map((entry) => (
        <List.Item
          key={entry.id}
          title={titleOf(entry)}
          detail={<List.Item.Detail markdown={entryAsMarkdown(entry)} metadata={<EntryFacts entry={entry} />} />}
          actions={
            <ActionPanel>
              <EntryActions daemon={daemon} entry={entry} reread={refresh} removed={refresh} />
            </ActionPanel>
          }
        />
      ))}
    </List>
  );
}

/** `before` of a page is the last entry of the one before. */
function pages(client: Client | undefined, query: string) {
  return async ({ cursor }: { readonly cursor?: string }) => {
    const { entries } = await client!.call('history/list', {
      limit: PAGE_ENTRIES,
      ...(query !== '' && { query }),
      ...(cursor !== undefined && { before: cursor }),
    });
    const last = entries.at(-1);
    return { data: entries, hasMore: entries.length === PAGE_ENTRIES, ...(last && { cursor: last.id }) };
  };
}

function titleOf({ text = '', draft = '', outcome, label }: HistoryEntry): string {
  return text || draft || `${label}: ${outcome}`;
}
