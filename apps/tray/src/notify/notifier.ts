// Decides how notifications reach the desktop: one for each matter, changed in place (org.freedesktop.Notifications).

import { isDeepStrictEqual } from 'node:util';
import { Variant } from '@particle/dbus-next';
import type { Bus } from '../bus/bus.ts';
import type { Act } from '../menu/item.ts';
import type { Note } from './note.ts';

/** What a notification is about; there is one of each at a time. */
export type Matter = 'dictation' | 'daemon' | 'answer' | 'welcome';

export interface Notifier {
  /** Shows `note` instead of what was shown of the matter; absent: takes that away. The same again does nothing. */
  show(matter: Matter, note: Note | undefined): void;
  /** Settles when everything was handed over. */
  close(): Promise<void>;
}

/** https://specifications.freedesktop.org/notification-spec/latest/ */
const SERVER = {
  name: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const SHORT_MS = 4_000;
const LONG_MS = 15_000;

interface Port {
  /** A button was pressed. */
  chosen(act: Act): void;
  /** There is nobody who shows notifications, or it fails. */
  failed(error: unknown): void;
}

/** Rejects with `ERR_DESKTOP` when the bus is gone. */
export async function openNotifier(bus: Bus, { chosen, failed }: Port): Promise<Notifier> {
  const shown = new Map<Matter, { readonly note: Note; id: number }>();
  let markup: Promise<boolean> | undefined;
  let sending: Promise<void> = Promise.resolve();

  await bus.onSignal(SERVER, 'ActionInvoked', ([id, key]) => {
    const note = [...shown.values()].find((one) => one.id === id)?.note;
    const action = note?.actions?.[Number(key)];
    if (action !== undefined) chosen(action.act);
  });
  await bus.onSignal(SERVER, 'NotificationClosed', ([id]) => {
    for (const one of shown.values()) if (one.id === id) one.id = 0;
  });

  async function send(matter: Matter, note: Note | undefined): Promise<void> {
    const before = shown.get(matter);
    if (isDeepStrictEqual(note, before?.note)) return;
    if (note === undefined) {
      shown.delete(matter);
      if (before !== undefined && before.id !== 0)
        await bus.call(SERVER, { member: 'CloseNotification', signature: 'u', body: [before.id] });
      return;
    }
    markup ??= takesMarkup(bus);
    const body = (await markup) ? escaped(note.body) : note.body;
    const [id] = await bus.call(SERVER, {
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

  return {
    show(matter, note) {
      sending = sending.then(() => send(matter, note)).catch(failed);
    },
    close: () => sending,
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
  const [capabilities] = await bus.call(SERVER, { member: 'GetCapabilities' });
  return Array.isArray(capabilities) && capabilities.includes('body-markup');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
