// How what is known gets to icon, menu, notifications and overlay, and what follows from the user's choices.

import type { Bus } from '@voiceinput/desktop/bus';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { createActs } from './ask/acts.ts';
import { asKnown } from './ask/failure.ts';
import type { Link } from './ask/link.ts';
import { refresherOf } from './ask/refresh.ts';
import { iconOf } from './draw/icon.ts';
import { followDaemon } from './follow.ts';
import { pillFor } from './hud/hud.ts';
import type { Hud } from './hud/hud.ts';
import type { Heard, Indicator, Shown } from './indicator/panel.ts';
import { menuOf, titleOf } from './menu/menu.ts';
import type { Messages } from './messages/messages.ts';
import { dictationNote, failureNote, troubleNote } from './notify/note.ts';
import type { Matter, Note } from './notify/matter.ts';
import { notesIn } from './notify/notes.ts';
import { openNotifier } from './notify/notifier.ts';
import type { Preferences } from './preferences.ts';
import { nothingKnown, signOf } from './state/known.ts';
import type { Known } from './state/known.ts';
import { paced } from './state/paced.ts';
import { createRoom } from './state/room.ts';
import type { Room } from './state/room.ts';

interface Desk {
  /** Absent on macOS and Windows: the menu says what notifications would. */
  readonly bus: Bus | undefined;
  /** Absent without X11. */
  readonly hud: Hud | undefined;
  openIndicator(first: Shown, heard: Heard): Promise<Indicator>;
}

interface About {
  readonly folder: string;
  readonly executable: readonly string[] | undefined;
  readonly preferences: Preferences;
  readonly messages: Messages;
  warn(error: VoiceInputError): void;
  quit(): void;
}

/** A panel asks for the whole icon after each change. */
const SHOW_EVERY_MS = 150;
const NO_PANEL = 'No panel here shows status icons; the icon appears when one does.';
const NO_PANEL_HINT = 'GNOME needs the extension "AppIndicator and KStatusNotifierItem Support".';

/** Settles when the signal is aborted. Rejects with `ERR_DAEMON_REFUSED`, and with `ERR_DESKTOP` when bus or icon are gone. */
export async function attend({ bus, hud, openIndicator }: Desk, about: About, signal: AbortSignal): Promise<void> {
  const { folder, executable, preferences, messages, warn, quit } = about;
  const { notifications = hud === undefined ? 'all' : 'needed', overlay = true } = preferences;
  const first: Known = {
    ...nothingKnown,
    notifications,
    overlay: hud === undefined ? undefined : overlay,
    ...(bus === undefined && { notes: {} }),
  };
  const link: Link = { client: undefined, isAskedToQuit: false };

  let indicator: Indicator | undefined;
  const showing = paced(() => indicator?.show(shownOf(room.known, messages)), SHOW_EVERY_MS);
  const failed = once((error) => signal.aborted || warn(asKnown(error)));
  const notifier =
    bus === undefined
      ? notesIn(() => room)
      : await openNotifier(bus, { chosen: (act) => void acts.perform(act), failed });
  const tell = (matter: Matter, note: Note | undefined): void => {
    if (note === undefined || room.known.notifications !== 'off') notifier.show(matter, note);
  };
  const room: Room = createRoom(first, (known) => {
    hud?.show(pillFor(known, messages));
    notifier.show('dictation', dictationNote(known, messages));
    // Without notifications the menu says it in any case.
    const isSilent = bus === undefined || known.notifications === 'off' || !known.view.connected;
    notifier.show('trouble', isSilent ? undefined : troubleNote(known.status, messages));
    showing.want();
  });
  const port = { link, room, folder, messages, warn };
  const acts = createActs(
    preferences,
    { ...port, executable, quit, tell: (note: Note) => tell('answer', note) },
    signal,
  );
  const refresh = refresherOf(port);
  void hud?.lost.then((error) => {
    warn(error);
    const isUndecided = preferences.notifications === undefined && room.known.notifications === 'needed';
    room.change((known) => ({ ...known, overlay: undefined, ...(isUndecided && { notifications: 'all' }) }));
  });

  indicator = await openIndicator(shownOf(room.known, messages), {
    chosen(item) {
      // Who chooses in the menu has seen what it says.
      if (bus === undefined) for (const matter of ['answer', 'welcome'] as const) notifier.show(matter, undefined);
      if (item.kind === 'item' && item.act !== undefined) void acts.perform(item.act);
    },
    clicked() {
      void acts.perform(link.client === undefined ? { own: 'start-daemon' } : { method: 'toggle', params: {} });
    },
    opened: () => refresh('devices'),
    panel(isThere) {
      if (!isThere) warn(new VoiceInputError('ERR_DESKTOP', NO_PANEL, { hint: NO_PANEL_HINT }));
    },
  });
  void acts.startDaemon();
  const isWelcomed = preferences.isWelcomed === true;
  const following = followDaemon({ ...port, acts, refresh, isWelcomed, tell }, signal).catch((error: unknown) => {
    // Who started the tray from a menu does not see what it prints.
    tell('daemon', failureNote(messages.notConnected, asKnown(error), messages));
    throw error;
  });
  try {
    await Promise.race([following, indicator.lost.then((reason) => Promise.reject(reason))]);
  } finally {
    quit();
    // Whichever of both ended it was thrown above.
    await following.catch(() => undefined);
    room.close();
    notifier.show('dictation', undefined);
    await notifier.close();
    showing.stop();
    await indicator.close();
  }
}

function shownOf(known: Known, messages: Messages): Shown {
  return {
    icon: iconOf(signOf(known), known.loud.at(-1)),
    title: titleOf(known, messages),
    menu: menuOf(known, messages),
  };
}

/** One sentence is enough when nobody shows notifications. */
function once(tell: (error: unknown) => unknown): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (!isTold) tell(error);
    isTold = true;
  };
}
