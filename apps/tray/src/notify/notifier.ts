// How notifications reach the desktop: one for each matter, changed in place (org.freedesktop.Notifications).

import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Variant } from '@voiceinput/desktop/bus';
import type { Bus } from '@voiceinput/desktop/bus';
import { onSignal } from '../bus/bus.ts';
import type { Act } from '../menu/item.ts';
import type { Matter, Note } from './matter.ts';

export interface Notifier {
  /**
   * Shows `note` instead of what was shown of the matter; absent: takes that away. The same again does nothing while it
   * is there; of a dictation or a trouble, also when it was seen.
   */
  show(matter: Matter, note: Note | undefined): void;
  /** Settles when everything was handed over, or when that takes too long. */
  close(): Promise<void>;
}

/** https://specifications.freedesktop.org/notification-spec/latest/ */
const SERVER = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const SHORT_MS = 4_000;
const LONG_MS = 15_000;
const LAST_WORDS_MS = 500;

interface Port {
  /** A button was pressed. */
  chosen(act: Act): void;
  /** There is nobody who shows notifications, or it fails. */
  failed(error: unknown): void;
}

/** Rejects with `ERR_DESKTOP` when the bus is gone. */
export async function openNotifier(bus: Bus, { chosen, failed }: Port): Promise<Notifier> {
  const shown = new Map<Matter, { readonly note: Note; id: number }>();
  /** The newest of each matter that was not handed over yet; whoever shows them may be slow. */
  const wanted = new Map<Matter, Note | undefined>();
  let markup: boolean | undefined;
  let handing: Promise<void> | undefined;

  await onSignal(bus, { address: SERVER, member: 'ActionInvoked' }, ([id, key]) => {
    const note = [...shown.values()].find((one) => one.id === id)?.note;
    const action = note?.actions?.[Number(key)];
    if (action !== undefined) chosen(action.act);
  });
  await onSignal(bus, { address: SERVER, member: 'NotificationClosed' }, ([id]) => {
    for (const [matter, one] of shown) {
      if (one.id !== id) continue;
      one.id = 0;
      // These go on; everything else may happen once more.
      if (matter !== 'dictation' && matter !== 'trouble') shown.delete(matter);
    }
  });

  async function send(matter: Matter, note: Note | undefined): Promise<void> {
    const before = shown.get(matter);
    if (isDeepStrictEqual(note, before?.note)) return;
    if (note === undefined) {
      shown.delete(matter);
      if (before !== undefined && before.id !== 0)
        await bus.call({ ...SERVER, member: 'CloseNotification', signature: 'u', body: [before.id] });
      return;
    }
    markup ??= await takesMarkup(bus);
    const body = markup ? escaped(note.body) : note.body;
    const [id] = await bus.call({
      ...SERVER,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [
        'VoiceInput',
        before?.id ?? 0,
        'audio-input-microphone',
        note.summary,
        body,
        (note.actions ?? []).flatMap(({ label }, index) => [String(index), label]),
        hintsOf(note),
        note.isNeeded ? LONG_MS : SHORT_MS,
      ],
    });
    shown.set(matter, { note, id: typeof id === 'number' ? id : 0 });
  }

  async function handOver(): Promise<void> {
    for (const [matter, note] of wanted) {
      wanted.delete(matter);
      await send(matter, note).catch(failed);
    }
    handing = undefined;
  }

  return {
    show(matter, note) {
      wanted.set(matter, note);
      handing ??= handOver();
    },
    close: () => Promise.race([handing, sleep(LAST_WORDS_MS, undefined, { ref: false })]),
  };
}

/** Dictated words are not kept in the desktop's list of notifications, and make no sound. */
function hintsOf({ isNeeded }: Note): Readonly<Record<string, Variant>> {
  return {
    urgency: new Variant('y', isNeeded ? 1 : 0),
    transient: new Variant('b', true),
    'suppress-sound': new Variant('b', true),
    'desktop-entry': new Variant('s', 'voiceinput'),
  };
}

async function takesMarkup(bus: Bus): Promise<boolean> {
  const [capabilities] = await bus.call({ ...SERVER, member: 'GetCapabilities' });
  return Array.isArray(capabilities) && capabilities.includes('body-markup');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
