// Decides what the overlay shows of a dictation, and when it is there.

import { openOverlay } from '@voiceinput/desktop';
import type { Overlay } from '@voiceinput/desktop';
import { isDeepStrictEqual } from 'node:util';
import { pillOf } from '../draw/pill.ts';
import type { Pill } from '../draw/pill.ts';
import type { Messages } from '../messages/messages.ts';
import type { Known } from '../state/known.ts';
import { signOf } from '../state/known.ts';

export interface Hud {
  show(pill: Pill | undefined): void;
  close(): Promise<void>;
}

/** Absent: nothing is to be seen. */
export function pillFor(known: Known, messages: Messages): Pill | undefined {
  const { view, overlay, isOld, loud } = known;
  const sign = signOf(known);
  if (overlay !== true || isOld || sign === 'absent' || sign === 'idle') return undefined;
  const words = {
    listening: view.partial,
    draft: view.draft || view.partial,
    refining: view.draft,
    refined: view.refined,
    offered: view.refined,
    error: '',
  }[sign];
  return { sign, loud, words: view.error?.message ?? words, stage: messages[sign] };
}

/** Rejects as `openOverlay` does. `failed`: the display went away; nothing is shown any more. */
export async function openHud(failed: (error: unknown) => void, signal: AbortSignal): Promise<Hud> {
  const overlay = await openOverlay(signal);
  let drawing = false;
  const gone = new AbortController();
  let shown: Pill | undefined;
  let wanted: Pill | undefined;
  const fail = (error: unknown): void => {
    if (!gone.signal.aborted) failed(error);
    gone.abort();
  };
  void overlay.lost.then(fail);

  /** The newest picture; those that came while one was drawn are left out. */
  async function keepUp(): Promise<void> {
    if (drawing) return;
    drawing = true;
    while (!gone.signal.aborted && !isDeepStrictEqual(shown, wanted)) {
      shown = wanted;
      await paint(overlay, shown).catch(fail);
    }
    drawing = false;
  }

  return {
    show(pill) {
      wanted = pill;
      void keepUp();
    },
    async close() {
      gone.abort();
      await overlay.close();
    },
  };
}

async function paint(overlay: Overlay, pill: Pill | undefined): Promise<void> {
  if (pill === undefined) overlay.hide();
  else await overlay.show(pillOf(pill, overlay.scale));
}
