// Which facts stand beside a remembered dictation.

import { Detail } from '@raycast/api';
import type { HistoryEntry } from '@voiceinput/client';

const { Label } = Detail.Metadata;

/** For the metadata of a list item and of a detail alike. */
export function EntryFacts({ entry }: { readonly entry: HistoryEntry }) {
  const { startedAt, audioMs, app, profile, outcome, draftMs, refinedMs, edits } = entry;
  return (
    <Detail.Metadata>
      <Label title="When" text={new Date(startedAt).toLocaleString()} />
      <Label title="Length" text={`${(audioMs / 1000).toFixed(1)} s`} />
      {app !== undefined && <Label title="Application" text={app} />}
      <Label title="Profile" text={profile} />
      <Label title="Outcome" text={[outcome, ...edits.map(editText)].join(', ')} />
      {draftMs !== undefined && <Label title="Draft after" text={`${Math.round(draftMs)} ms`} />}
      {refinedMs !== undefined && <Label title="Refined after" text={`${Math.round(refinedMs)} ms`} />}
    </Detail.Metadata>
  );
}

function editText({ kind, reason }: HistoryEntry['edits'][number]): string {
  return reason === undefined ? kind : `${kind} (${reason})`;
}
