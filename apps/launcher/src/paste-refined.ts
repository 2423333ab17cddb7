// What the command Paste Refined Text does: the newest dictation's better text in place of its draft, or where the cursor is.

import { showHUD } from '@raycast/api';
import { withDaemon } from './daemon/reach.ts';
import { paste } from './entry/paste.ts';
import { attempt } from './show/attempt.ts';

/** How far back there is surely one with words. */
const RECENT = 20;

/** Where no draft stands any more, the text is inserted at the cursor. */
export default async function pasteRefined(): Promise<void> {
  await attempt('Nothing was pasted', () =>
    withDaemon(async (client) => {
      const { entries } = await client.call('history/list', { limit: RECENT });
      const newest = entries.find(({ outcome, text, draft }) => outcome === 'reading' || (text ?? draft ?? '') !== '');
      if (newest === undefined) return showHUD('No dictations yet');
      // Waits until it is refined.
      await paste(client.call, await client.call('result', { sessionId: newest.id }), 'refined');
    }),
  );
}
