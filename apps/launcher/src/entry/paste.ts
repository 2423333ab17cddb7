// How a remembered text gets into the application in front.

import { Clipboard, closeMainWindow, confirmAlert, showHUD } from '@raycast/api';
import type { Client, HistoryEntry } from '@voiceinput/client';

export type Words = 'draft' | 'refined';

/** The draft stands in the text and could not be replaced. */
const isCopyWanted = (): Promise<boolean> =>
  confirmAlert({
    title: 'The draft could not be replaced',
    message: 'It has changed, or the cursor is no longer in its text field.',
    primaryAction: { title: 'Paste a Copy' },
  });

/** Gives the dictation's ID that takes it back; none when Raycast pasted it itself. */
export async function paste(call: Client['call'], entry: HistoryEntry, stage: Words): Promise<string | undefined> {
  // The text goes where the focus is: that must not be Raycast.
  await closeMainWindow();
  const { id } = entry;
  const first = await call('paste', { id, stage });
  if (first.wouldCopy === true && !(await isCopyWanted())) return undefined;
  const { sessionId, edit } = first.wouldCopy === true ? await call('paste', { id, stage, copy: true }) : first;
  if (edit.kind === 'applied') {
    await showHUD('Pasted');
    return sessionId;
  }
  if (edit.kind === 'refused') {
    await showHUD(`Not pasted: ${edit.explanation ?? edit.reason ?? 'the field did not take it'}`);
    return undefined;
  }
  // Where the daemon reaches no fields, Raycast does.
  await Clipboard.paste((stage === 'draft' ? entry.draft : entry.text) ?? '');
  await showHUD('Pasted by Raycast');
  return undefined;
}
