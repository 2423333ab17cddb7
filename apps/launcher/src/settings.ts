// What the command Settings does: the page opens in the browser, whether a daemon runs or not.

import { closeMainWindow } from '@raycast/api';
import { openSettingsPage } from '@voiceinput/client';
import { executable } from './daemon/executable.ts';
import { attempt } from './show/attempt.ts';

/** Says what went wrong, and closes the launcher's window else. */
export default async function settings(): Promise<void> {
  await attempt('The settings were not opened', async () => {
    const program = await executable();
    await openSettingsPage(program === undefined ? {} : { executable: program }, new AbortController().signal);
    await closeMainWindow();
  });
}
