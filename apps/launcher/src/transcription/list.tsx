// How the files that are transcribed are shown.

import { ActionPanel, Color, Icon, List } from '@raycast/api';
import { basename } from 'node:path';
import { entryAsMarkdown } from '../entry/words.ts';
import { TroubleView } from '../show/trouble.tsx';
import { asMarkdown } from '../show/markdown.ts';
import { TranscriptionActions } from './actions.tsx';
import { useTranscriptions } from './use-transcriptions.ts';
import type { Transcription } from './use-transcriptions.ts';

export function Transcriptions({ files }: { readonly files: readonly string[] }) {
  const { daemon, transcriptions } = useTranscriptions(files);
  const isLost = daemon.client === undefined && daemon.trouble !== undefined;
  return (
    <List isLoading={transcriptions.some(({ result }) => result === undefined)} isShowingDetail={!isLost}>
      {isLost && <TroubleView daemon={daemon} />}
      {!isLost &&
        transcriptions.map((transcription) => (
          <List.Item
            key={transcription.path}
            title={basename(transcription.path)}
            icon={iconOf(transcription)}
            accessories={[{ text: progressText(transcription) }]}
            detail={<List.Item.Detail markdown={textOf(transcription)} />}
            actions={<ActionPanel>{<TranscriptionActions transcription={transcription} />}</ActionPanel>}
          />
        ))}
    </List>
  );
}

function iconOf({ state, result }: Transcription) {
  if (state === 'waiting') return Icon.Clock;
  if (state === 'reading') return Icon.CircleProgress;
  return result?.error === undefined
    ? { source: Icon.CheckCircle, tintColor: Color.Green }
    : { source: Icon.XMarkCircle, tintColor: Color.Red };
}

function textOf({ text, result }: Transcription): string {
  if (result === undefined) return text === '' ? '*Transcribing …*' : asMarkdown(text);
  const { error } = result;
  return entryAsMarkdown({
    draft: result.draft,
    text: result.text,
    outcome: result.outcome,
    ...(error !== undefined && { error: error.toJSON() }),
  });
}

function progressText({ state, heardMs }: Transcription): string {
  if (state === 'waiting') return 'waiting';
  const seconds = Math.floor(heardMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} heard`;
}
