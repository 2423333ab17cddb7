// What the command Doctor shows: what works on this machine, and what mends the rest.

import { Action, ActionPanel, Color, Icon, List } from '@raycast/api';
import { usePromise } from '@raycast/utils';
import type { Client, Finding } from '@voiceinput/client';
import { useDaemon } from './daemon/use-daemon.ts';
import { asMarkdown } from './show/markdown.ts';
import { TroubleView } from './show/trouble.tsx';

const icons = {
  works: { source: Icon.CheckCircle, tintColor: Color.Green },
  limited: { source: Icon.ExclamationMark, tintColor: Color.Yellow },
  broken: { source: Icon.XMarkCircle, tintColor: Color.Red },
} satisfies Record<Finding['state'], object>;

export default function Doctor() {
  const daemon = useDaemon();
  const { client } = daemon;
  const { data, isLoading, revalidate } = usePromise(examine, [client], {
    execute: client !== undefined,
    failureToastOptions: { title: 'Could not check this machine' },
  });
  const findings = data?.findings ?? [];
  return (
    <List isLoading={isLoading} isShowingDetail={findings.length > 0}>
      {client === undefined && <TroubleView daemon={daemon} />}
      {findings.map((finding) => (
        <List.Item
          key={finding.what}
          title={finding.what}
          icon={icons[finding.state]}
          accessories={[{ text: finding.state }]}
          detail={<List.Item.Detail markdown={findingAsMarkdown(finding)} />}
          actions={
            <ActionPanel>
              {finding.fix !== undefined && <Action.CopyToClipboard title="Copy the Fix" content={finding.fix} />}
              <Action title="Check Again" icon={Icon.RotateClockwise} onAction={() => void revalidate()} />
            </ActionPanel>
          }
        />
      ))}
    </List>
  );
}

function examine(client: Client | undefined) {
  return client!.call('doctor', {});
}

function findingAsMarkdown({ detail, fix }: Finding): string {
  return fix === undefined ? asMarkdown(detail) : `${asMarkdown(detail)}\n\n\`\`\`\n${fix}\n\`\`\``;
}
