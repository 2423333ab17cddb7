// What the command Models shows: the catalogue, what this machine has of it, and how far a download is.

import { Action, ActionPanel, Color, Icon, List, showToast, Toast } from '@raycast/api';
import { usePromise } from '@raycast/utils';
import type { Client, Model } from '@voiceinput/client';
import { useState } from 'react';
import { useDaemon } from './daemon/use-daemon.ts';
import { attempt } from './show/attempt.ts';
import { TroubleView } from './show/trouble.tsx';

const MEGABYTE = 1_000_000;
const colors = { ready: Color.Green, absent: Color.SecondaryText, damaged: Color.Red };

/** `model` and `model-ended`. */
interface ModelEvent {
  readonly type: string;
  readonly id: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export default function Models() {
  /** By model that is being fetched: how much of it is there, 0…1. */
  const [fetched, setFetched] = useState<Readonly<Record<string, number>>>({});
  const daemon = useDaemon({
    connected: () => setFetched({}),
    heard(event) {
      const { type, id, doneBytes, totalBytes } = event as unknown as ModelEvent;
      if (type === 'model') setFetched((before) => ({ ...before, [id]: doneBytes / totalBytes }));
      if (type !== 'model-ended') return;
      setFetched(({ [id]: _over, ...others }) => others);
      void revalidate();
    },
  });
  const { client, call } = daemon;
  const { data, isLoading, revalidate } = usePromise(list, [client], {
    execute: client !== undefined,
    failureToastOptions: { title: 'The models cannot be listed' },
  });

  const pull = ({ id, title }: Model) =>
    attempt(`${title} was not fetched`, async () => {
      const toast = await showToast({ style: Toast.Style.Animated, title: `Downloading ${title}` });
      await call('models/pull', { id });
      toast.style = Toast.Style.Success;
      toast.title = `${title} is there`;
    });

  return (
    <List isLoading={isLoading} searchBarPlaceholder="Model">
      {client === undefined && <TroubleView daemon={daemon} />}
      {data?.models.map((model) => (
        <List.Item
          key={model.id}
          title={model.title}
          subtitle={[model.kind, ...model.languages].join(' · ')}
          accessories={[
            { text: model.license },
            { text: progressText(model, fetched[model.id]) },
            { tag: { value: model.state, color: colors[model.state] } },
          ]}
          actions={
            <ActionPanel>
              <Action
                title={model.state === 'ready' ? 'Check and Mend' : 'Fetch'}
                icon={Icon.Download}
                onAction={() => void pull(model)}
              />
              <Action.CopyToClipboard title="Copy ID" content={model.id} />
            </ActionPanel>
          }
        />
      ))}
    </List>
  );
}

function list(client: Client | undefined) {
  return client!.call('models/list', {});
}

function progressText({ bytes }: Model, share: number | undefined): string {
  const all = `${(bytes / MEGABYTE).toFixed(0)} MB`;
  return share === undefined ? all : `${Math.floor(share * 100)} % of ${all}`;
}
