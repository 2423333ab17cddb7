// Decides what the tray is made of, how it begins and how it ends.

import { runtimeFolder } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { createActs } from './ask/acts.ts';
import { asKnown } from './ask/failure.ts';
import type { Link } from './ask/link.ts';
import { refresherOf } from './ask/refresh.ts';
import { openBus } from './bus/bus.ts';
import type { Bus } from './bus/bus.ts';
import { followDaemon } from './follow.ts';
import { openHud, pillFor } from './hud/hud.ts';
import type { Hud } from './hud/hud.ts';
import { iconOf } from './draw/icon.ts';
import { openIndicator, unsupported } from './indicator/indicator.ts';
import type { Indicator, Shown } from './indicator/indicator.ts';
import { menuOf, titleOf } from './menu/menu.ts';
import { languageOf, languages } from './messages/messages.ts';
import type { Language, Messages } from './messages/messages.ts';
import { dictationNote, failureNote } from './notify/note.ts';
import { openNotifier } from './notify/notifier.ts';
import type { Matter } from './notify/notifier.ts';
import type { Note } from './notify/note.ts';
import { readPreferences } from './preferences.ts';
import { nothingKnown, signOf } from './state/known.ts';
import type { Known } from './state/known.ts';
import { paced } from './state/paced.ts';
import { createRoom } from './state/room.ts';

export interface TrayOptions {
  /** Ends the tray. */
  readonly signal: AbortSignal;
  /** Where the daemon's card and the tray's own small file are. Absent: this user's place. */
  readonly folder?: string | undefined;
  /** The program and its arguments that start a daemon. Absent: those of the last one. */
  readonly executable?: readonly string[] | undefined;
  /** Absent: the language of the environment. */
  readonly language?: Language | undefined;
  /** Is told what does not work and does not end the tray. */
  warn(error: VoiceInputError): void;
}

/** Taken by the tray that runs: there is one for each session of the desktop. */
const NAME = 'io.github.voiceinput.Tray';
/** A panel asks for the whole icon after each change. */
const SHOW_EVERY_MS = 150;
const NO_PANEL = 'No panel shows status icons; the icon appears as soon as one does.';
const NO_PANEL_HINT = 'GNOME needs the extension "AppIndicator and KStatusNotifierItem Support".';

/**
 * Shows the tray of this desktop session until the user quits it or `signal` is aborted. The daemon is started when none
 * runs, and goes on when the tray ends.
 *
 * Rejects with `ERR_DISPLAY_MISSING` without a desktop session; with `ERR_DESKTOP` on a system that is not supported yet,
 * when a tray runs already, and when the session ends; with `ERR_DAEMON_REFUSED` when the daemon does not let it in.
 */
export async function runTray(options: TrayOptions): Promise<void> {
  if (process.platform !== 'linux') throw unsupported(process.platform);
  const bus = await openBus(options.signal);
  try {
    if (!(await bus.takeName(NAME)))
      throw new VoiceInputError('ERR_DESKTOP', 'A tray of this desktop session is running already.', {
        hint: 'Look for its icon in the panel; nothing has to be done.',
      });
    await trayOn(bus, options);
  } finally {
    bus.close();
  }
}

async function trayOn(bus: Bus, options: TrayOptions): Promise<void> {
  const { folder = runtimeFolder(), executable, language = languageOf(process.env), warn } = options;
  const messages = languages[language];
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const preferences = await readPreferences(folder);
  const hud = await openHud((error) => warn(asKnown(error)), signal).catch(told);
  const { notifications = hud === undefined ? 'all' : 'needed', overlay = true } = preferences;
  const first: Known = { ...nothingKnown, notifications, overlay: hud === undefined ? undefined : overlay };
  const link: Link = { client: undefined, isAskedToQuit: false };

  let indicator: Indicator | undefined;
  const showing = paced(() => indicator?.show(shownOf(room.known, messages)), SHOW_EVERY_MS);
  const notifier = await openNotifier(bus, { chosen: (act) => void acts.perform(act), failed: onceTold() });
  const tell = (matter: Matter, note: Note | undefined): void => {
    if (note === undefined || room.known.notifications !== 'off') notifier.show(matter, note);
  };
  const room = createRoom(first, (known) => {
    hud?.show(pillFor(known, messages));
    notifier.show('dictation', dictationNote(known, messages));
    showing.want();
  });
  const port = { link, room, folder, messages, warn };
  const answered = { tell: (note: Note) => tell('answer', note), quit: () => ending.abort() };
  const acts = createActs(preferences, { ...port, ...answered, executable }, signal);
  const refresh = refresherOf(port);

  indicator = await openIndicator(bus, shownOf(room.known, messages), {
    chosen(item) {
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
  const following = followDaemon({ ...port, acts, refresh, isWelcomed, tell }, signal);
  // Who started the tray from a menu does not see what it prints.
  following.catch((error: unknown) => tell('daemon', failureNote(messages.notConnected, asKnown(error))));
  try {
    await Promise.race([following, bus.lost.then((reason) => Promise.reject(reason))]);
  } finally {
    ending.abort();
    await following.catch(() => undefined);
    room.close();
    showing.stop();
    notifier.show('dictation', undefined);
    await notifier.close();
    await hud?.close();
    indicator.close();
  }

  /** Without X11 there is no overlay; notifications say the same. */
  function told(error: unknown): Hud | undefined {
    signal.throwIfAborted();
    warn(asKnown(error));
    return undefined;
  }

  /** One sentence is enough when nobody shows notifications. */
  function onceTold(): (error: unknown) => void {
    let isTold = false;
    return (error) => {
      if (!isTold && !signal.aborted) warn(asKnown(error));
      isTold = true;
    };
  }
}

function shownOf(known: Known, messages: Messages): Shown {
  return {
    icon: iconOf(signOf(known), known.loud.at(-1)),
    title: titleOf(known, messages),
    menu: menuOf(known, messages),
  };
}
