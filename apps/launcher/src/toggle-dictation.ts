// What the command Toggle Dictation does: one request, told in one line.

import { closeMainWindow, showHUD } from '@raycast/api';
import { withDaemon } from './daemon/reach.ts';
import { attempt } from './show/attempt.ts';

export default async function toggleDictation(): Promise<void> {
  // The daemon writes where the focus is when a dictation begins: that must not be Raycast.
  await closeMainWindow();
  await attempt('Dictation was not changed', async () => {
    const { recording } = await withDaemon((client) => client.call('toggle', {}));
    await showHUD(recording === undefined ? 'Transcribing' : 'Listening');
  });
}
