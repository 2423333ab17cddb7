// What stands in a list's place when the daemon does not answer, and what the user can do then.

import { Action, ActionPanel, Icon, List, openExtensionPreferences } from '@raycast/api';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { asMarkdown } from './markdown.ts';
import type { Daemon } from '../daemon/use-daemon.ts';

export function TroubleView({ daemon }: { readonly daemon: Daemon }) {
  const { trouble } = daemon;
  return (
    <List.EmptyView
      icon={Icon.Plug}
      title={trouble?.message ?? 'Waiting for the daemon'}
      description={isVoiceInputError(trouble) ? trouble.hint : ''}
      actions={<TroubleActions daemon={daemon} />}
    />
  );
}

export function TroubleActions({ daemon: { again } }: { readonly daemon: Daemon }) {
  return (
    <ActionPanel>
      <Action title="Start the Daemon" icon={Icon.Power} onAction={again} />
      <Action title="Open Preferences" icon={Icon.Gear} onAction={() => void openExtensionPreferences()} />
    </ActionPanel>
  );
}

export function troubleAsMarkdown(trouble: Error): string {
  const hint = isVoiceInputError(trouble) ? asMarkdown(trouble.hint) : '';
  return `**${asMarkdown(trouble.message)}**\n\n${hint}`;
}
