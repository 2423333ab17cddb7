// What the command Dictate shows: the words while they are said, the draft, the better reading.

import { ActionPanel, Detail } from '@raycast/api';
import type { Client, HistoryEntry, Recording } from '@voiceinput/client';
import { useEffect, useRef, useState } from 'react';
import { withDaemon } from './daemon/reach.ts';
import { useDaemon } from './daemon/use-daemon.ts';
import { LiveActions, NextDictation } from './dictation/actions.tsx';
import { LiveFacts } from './dictation/facts.tsx';
import { liveAsMarkdown } from './dictation/words.ts';
import { EntryActions } from './entry/actions.tsx';
import { EntryFacts } from './entry/facts.tsx';
import { entryAsMarkdown } from './entry/words.ts';
import { attempt } from './show/attempt.ts';
import { TroubleActions, troubleAsMarkdown } from './show/trouble.tsx';

/** The words stand here, not in a field: while this view is open, the focus is in Raycast. */
const INTO_HISTORY = { use: 'sink-nowhere', options: {} };

export default function Dictate() {
  const [entry, setEntry] = useState<HistoryEntry>();
  const isBegun = useRef(false);
  /** The dictation that is shown, and whether this view began it and it is still recorded. */
  const newest = useRef<string>(undefined);
  const isOwn = useRef(false);

  // Whoever closes the view has said what there was to say; it is in the history.
  useEffect(
    () => () => {
      if (isOwn.current) void attempt('Dictation continues', () => withDaemon((client) => client.call('stop', {})));
    },
    [],
  );

  const begin = (call: Client['call']) =>
    attempt('Dictation could not be started', async () => {
      isOwn.current = true;
      try {
        await call('start', { mode: 'toggle', sink: INTO_HISTORY });
      } catch (error) {
        isOwn.current = false;
        throw error;
      }
    });

  const daemon = useDaemon({
    text: true,
    connected(client, { recording }) {
      // It may have ended with its daemon, and another one been begun.
      if (recording?.sessionId !== newest.current) isOwn.current = false;
      newest.current = recording?.sessionId ?? newest.current;
      if (!isBegun.current && recording === undefined) void begin(client.call);
      isBegun.current = true;
    },
    heard(event) {
      if (event.type === 'state') {
        const recording = event['recording'] as Recording | undefined;
        if (recording === undefined) isOwn.current = false;
        else {
          newest.current = recording.sessionId;
          setEntry(undefined);
        }
      }
      if (event.type === 'history' && event['sessionId'] === newest.current) void show(newest.current);
    },
  });
  const { view, call } = daemon;

  const show = (sessionId: string | undefined) =>
    attempt('The dictation cannot be shown', async () => {
      if (sessionId !== undefined) setEntry(await call('result', { sessionId }));
    });

  if (daemon.trouble !== undefined && !view.connected)
    return <Detail markdown={troubleAsMarkdown(daemon.trouble)} actions={<TroubleActions daemon={daemon} />} />;

  const next = <NextDictation begin={() => void begin(call)} />;
  if (entry !== undefined)
    return (
      <Detail
        markdown={entryAsMarkdown(entry)}
        metadata={<EntryFacts entry={entry} />}
        actions={
          <ActionPanel>
            <EntryActions daemon={daemon} entry={entry} reread={setEntry} removed={() => setEntry(undefined)} />
            {next}
          </ActionPanel>
        }
      />
    );
  return (
    <Detail
      isLoading={!view.connected || view.phase !== 'idle'}
      markdown={liveAsMarkdown(view)}
      metadata={<LiveFacts view={view} />}
      actions={
        <ActionPanel>
          <LiveActions call={call} view={view} />
          {view.recording === undefined && next}
        </ActionPanel>
      }
    />
  );
}
