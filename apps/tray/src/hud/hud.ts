// What the overlay shows of a dictation, and when it is there.

import { isDeepStrictEqual } from 'node:util';
import { openOverlay } from '@voiceinput/desktop';
import type { Overlay } from '@voiceinput/desktop';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { pillOf } from '../draw/pill.ts';
import type { Pill } from '../draw/pill.ts';
import type { Messages } from '../messages/messages.ts';
import type { Known } from '../state/known.ts';
import { signOf } from '../state/known.ts';

export interface Hud {
  /** Absent: nothing is shown. */
  show(pill: Pill | undefined): void;
  /** Settles when the display went away; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
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
    'no-speech': '',
    error: '',
  }[sign];
  const isText = sign === 'draft' || sign === 'refining' || sign === 'refined' || sign === 'offered';
  const stage = messages[isText && view.isDoubtful ? 'doubtful' : sign];
  if (view.error !== undefined)
    return { sign, loud, words: messages.told(view.error.message), keeps: 'beginning', stage };
  return { sign, loud, words, keeps: 'end', stage };
}

/** Rejects as `openOverlay` does. */
export async function openHud(signal: AbortSignal): Promise<Hud> {
  const overlay = await openOverlay(signal);
  const gone = new AbortController();
  void overlay.lost.then(() => gone.abort());
  let drawing = false;
  let shown: Pill | undefined;
  let wanted: Pill | undefined;

  /** The newest picture; those that came while one was drawn are left out. */
  async function keepUp(): Promise<void> {
    if (drawing) return;
    drawing = true;
    while (!gone.signal.aborted && !isDeepStrictEqual(shown, wanted)) {
      shown = wanted;
      // A display that is gone says so in `lost`.
      await paint(overlay, shown).catch(() => gone.abort());
    }
    drawing = false;
  }

  return {
    show(pill) {
      wanted = pill;
      void keepUp();
    },
    lost: overlay.lost,
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
