// How a remembered text gets into the application in front.

import { Clipboard, closeMainWindow, showHUD } from '@raycast/api';
import type { Client, HistoryEntry } from '@voiceinput/client';

export type Words = 'draft' | 'refined';

/** Gives the dictation's ID that takes it back; none when Raycast pasted it itself. */
export async function paste(call: Client['call'], entry: HistoryEntry, stage: Words): Promise<string | undefined> {
  // The text goes where the focus is: that must not be Raycast.
  await closeMainWindow();
  const { sessionId, edit } = await call('paste', { id: entry.id, stage });
  if (edit.kind === 'applied') {
    await showHUD('Pasted');
    return sessionId;
  }
  if (edit.kind === 'refused') {
    await showHUD(`Not pasted: ${edit.reason ?? 'the field did not take it'}`);
    return undefined;
  }
  // Where the daemon reaches no fields, Raycast does.
  await Clipboard.paste((stage === 'draft' ? entry.draft : entry.text) ?? '');
  await showHUD('Pasted by Raycast');
  return undefined;
}
