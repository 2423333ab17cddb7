// What the command Switch Profile shows.

import { Action, ActionPanel, Icon, List, showHUD } from '@raycast/api';
import { useDaemon } from './daemon/use-daemon.ts';
import { attempt } from './show/attempt.ts';
import { TroubleView } from './show/trouble.tsx';

export default function SwitchProfile() {
  const daemon = useDaemon();
  const { client, profiles, view, call } = daemon;

  const use = (profile: string) =>
    attempt('The profile was not changed', async () => {
      await call('set', { profile });
      await showHUD(`Profile ${profile}`);
    });

  return (
    <List isLoading={client === undefined && daemon.trouble === undefined} searchBarPlaceholder="Profile">
      {client === undefined && <TroubleView daemon={daemon} />}
      {client !== undefined &&
        profiles.map((profile) => (
          <List.Item
            key={profile}
            title={profile}
            icon={profile === view.profile ? Icon.CheckCircle : Icon.Circle}
            accessories={profile === view.profile ? [{ text: `hybrid ${view.hybrid ? 'on' : 'off'}` }] : []}
            actions={
              <ActionPanel>
                <Action title="Use Profile" icon={Icon.Check} onAction={() => void use(profile)} />
              </ActionPanel>
            }
          />
        ))}
    </List>
  );
}
