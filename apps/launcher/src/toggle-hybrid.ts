// What the command Toggle Hybrid does.

import { showHUD } from '@raycast/api';
import { withDaemon } from './daemon/reach.ts';
import { attempt } from './show/attempt.ts';

export default async function toggleHybrid(): Promise<void> {
  await attempt('Hybrid was not changed', async () => {
    const { hybrid } = await withDaemon(async (client) => {
      const before = await client.call('status', {});
      return client.call('set', { hybrid: !before.hybrid });
    });
    await showHUD(hybrid ? 'Hybrid is on: drafts are refined' : 'Hybrid is off: drafts are final');
  });
}
