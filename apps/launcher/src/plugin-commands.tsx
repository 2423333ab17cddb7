// What the command Plugin Commands shows: all that plugins offer to do.

import { Action, ActionPanel, Icon, List } from '@raycast/api';
import { usePromise } from '@raycast/utils';
import type { Client } from '@voiceinput/client';
import { useDaemon } from './daemon/use-daemon.ts';
import { fieldsOf } from './plugin-command/fields.ts';
import { CommandForm } from './plugin-command/form.tsx';
import { runCommand } from './plugin-command/run.ts';
import { TroubleView } from './show/trouble.tsx';

export default function PluginCommands() {
  const daemon = useDaemon();
  const { client, call } = daemon;
  const { data, isLoading } = usePromise(list, [client], {
    execute: client !== undefined,
    failureToastOptions: { title: 'The commands could not be listed' },
  });
  return (
    <List isLoading={isLoading} searchBarPlaceholder="Command or plugin">
      {client === undefined && <TroubleView daemon={daemon} />}
      {client !== undefined && data?.commands.length === 0 && (
        <List.EmptyView
          icon={Icon.Plug}
          title="No plugin offers a command"
          description="A plugin declares what it offers with `commands`."
        />
      )}
      {data?.commands.map((command) => (
        <List.Item
          key={`${command.plugin} ${command.id}`}
          title={command.title}
          subtitle={command.plugin}
          keywords={[command.plugin, command.id]}
          actions={
            <ActionPanel>
              {fieldsOf(command.arguments).length === 0 ? (
                <Action title="Run" icon={Icon.Play} onAction={() => void runCommand(call, command, {})} />
              ) : (
                <Action.Push
                  title="Run …"
                  icon={Icon.Play}
                  target={<CommandForm command={command} run={(args) => runCommand(call, command, args)} />}
                />
              )}
            </ActionPanel>
          }
        />
      ))}
    </List>
  );
}

function list(client: Client | undefined) {
  return client!.call('commands/list', {});
}
