// What is kept of dictations now, and how all of it is deleted.

import { ask, Refused } from './ask.ts';
import { make } from './dom.ts';
import type { KeptNow } from './shapes.ts';
import { say } from './status.ts';
import { words } from './words.ts';

export interface KeptView {
  readonly element: HTMLElement;
  load(): Promise<void>;
}

/** Empty until it is loaded. */
export function keptView(): KeptView {
  const text = make('p', {});
  const button = make('button', { type: 'button', id: 'delete-all' }, words.deleteAll);
  let all: KeptNow = { dictations: 0, recordings: 0, recordingBytes: 0 };

  async function load(): Promise<void> {
    try {
      ({ all } = await ask<{ all: KeptNow }>('/history/size'));
      text.textContent = words.kept(all.dictations, all.recordings, words.megabytes(all.recordingBytes));
      button.hidden = all.dictations === 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      text.textContent = words.noDaemon;
      button.hidden = true;
    }
  }

  async function clear(): Promise<void> {
    if (!confirm(words.reallyClear(all.dictations))) return;
    await ask('/history/clear', { corrected: false });
    say(words.removed);
    await load();
  }

  button.addEventListener('click', () => void clear().catch((error: unknown) => say(String(error), true)));
  return { element: make('div', { class: 'notice' }, text, button), load };
}
