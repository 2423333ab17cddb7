// What the command Transcribe File begins with: the files that are selected, else a form to pick some.

import { Action, ActionPanel, Form, getSelectedFinderItems, Icon, List } from '@raycast/api';
import { usePromise } from '@raycast/utils';
import { useState } from 'react';
import { Transcriptions } from './transcription/list.tsx';

export default function TranscribeFile() {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { data: selected = [], isLoading } = usePromise(selectedFiles);
  const files = picked.length > 0 ? picked : selected;
  if (isLoading) return <List isLoading />;
  if (files.length > 0) return <Transcriptions files={files} />;
  return (
    <Form
      actions={
        <ActionPanel>
          <Action.SubmitForm
            title="Transcribe"
            icon={Icon.Text}
            onSubmit={({ files }: { files: string[] }) => setPicked(files)}
          />
        </ActionPanel>
      }
    >
      <Form.FilePicker id="files" title="Recordings" info="WAV, FLAC, MP3, Ogg, M4A and MP4" />
    </Form>
  );
}

/** None where nothing is selected or the Finder is not in front: Raycast rejects then. */
async function selectedFiles(): Promise<readonly string[]> {
  const items = await getSelectedFinderItems().catch(() => []);
  return items.map(({ path }) => path);
}
