// What a notification is about, and what is on it.

import type { Act } from '../menu/item.ts';

/** What a notification is about; there is one of each at a time. */
export type Matter = 'dictation' | 'daemon' | 'answer' | 'welcome' | 'trouble';

export interface Note {
  readonly summary: string;
  readonly body: string;
  /** Buttons: a label, and what happens. */
  readonly actions?: readonly { readonly label: string; readonly act: Act }[];
  /** It waits for the user or tells of a failure: shown also when only such are wanted, and longer. */
  readonly isNeeded: boolean;
}
