// What can be done with a remembered dictation; each action is one request.

import { Action, Alert, confirmAlert, Icon, Keyboard, ActionPanel, showToast, Toast } from '@raycast/api';
import type { HistoryEntry } from '@voiceinput/client';
import { useState } from 'react';
import type { Daemon } from '../daemon/use-daemon.ts';
import { attempt } from '../show/attempt.ts';
import { paste } from './paste.ts';
import type { Words } from './paste.ts';

interface EntryActionsProps {
  readonly daemon: Daemon;
  readonly entry: HistoryEntry;
  /** It was read again: the new entry. */
  reread(entry: HistoryEntry): void;
  removed(): void;
}

export function EntryActions({ daemon: { call, profiles }, entry, reread, removed }: EntryActionsProps) {
  const [pasted, setPasted] = useState<string>();
  const { id, draft = '', text = '', hasAudio, edits } = entry;
  const texts: { readonly stage: Words; readonly words: string }[] = [{ stage: 'refined', words: text }];
  if (draft !== text) texts.push({ stage: 'draft', words: draft });
  const known = texts.filter(({ words }) => words !== '');

  const isUndoable = pasted !== undefined || edits.some(({ kind }) => kind === 'applied');

  const put = (stage: Words) => attempt('Could not paste', async () => setPasted(await paste(call, entry, stage)));

  const undo = () =>
    attempt('Could not undo', async () => {
      const { edits } = await call('undo', { sessionId: pasted ?? id });
      const done = edits.filter(({ kind }) => kind === 'applied').length;
      const reasons = edits.flatMap(({ reason }) => reason ?? []).join(', ');
      const style = done > 0 ? Toast.Style.Success : Toast.Style.Failure;
      const title = done > 0 ? 'Undone' : 'Nothing to undo';
      await showToast({ style, title, message: reasons });
    });

  const readAgain = (profile?: string) =>
    attempt('Could not transcribe again', async () => {
      const toast = await showToast({ style: Toast.Style.Animated, title: 'Transcribing again' });
      const read = await call('history/retry', { id, ...(profile !== undefined && { profile }) });
      await toast.hide();
      reread(read);
    });

  const remove = () =>
    attempt('Could not delete', async () => {
      const primaryAction = { title: 'Remove', style: Alert.ActionStyle.Destructive };
      const message = 'This deletes the text and the recording.';
      if (!(await confirmAlert({ title: 'Delete this dictation?', message, primaryAction }))) return;
      await call('history/remove', { id });
      removed();
    });

  return (
    <>
      {known.map(({ stage }) => (
        <Action key={stage} title={titled('Paste', stage)} icon={Icon.TextInput} onAction={() => void put(stage)} />
      ))}
      {known.map(({ stage, words }) => (
        <Action.CopyToClipboard
          key={stage}
          title={titled('Copy', stage)}
          content={words}
          shortcut={stage === 'refined' ? Keyboard.Shortcut.Common.Copy : Keyboard.Shortcut.Common.CopyName}
        />
      ))}
      {isUndoable && <Action title="Undo" icon={Icon.Undo} onAction={() => void undo()} />}
      {hasAudio && (
        <Action
          title="Transcribe Again"
          icon={Icon.RotateClockwise}
          shortcut={Keyboard.Shortcut.Common.Refresh}
          onAction={() => void readAgain()}
        />
      )}
      {hasAudio && profiles.length > 1 && (
        <ActionPanel.Submenu title="Transcribe Again with Profile" icon={Icon.Person}>
          {profiles.map((profile) => (
            <Action key={profile} title={profile} onAction={() => void readAgain(profile)} />
          ))}
        </ActionPanel.Submenu>
      )}
      <Action
        title="Remove"
        icon={Icon.Trash}
        style={Action.Style.Destructive}
        shortcut={Keyboard.Shortcut.Common.Remove}
        onAction={() => void remove()}
      />
    </>
  );
}

const titled = (verb: string, stage: Words): string => (stage === 'draft' ? `${verb} Draft` : verb);
