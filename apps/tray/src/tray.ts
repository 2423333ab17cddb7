// How the tray begins and ends, and what it takes from its caller.

import { runtimeFolder, TRAY_NAME } from '@voiceinput/client';
import type { Bus } from '@voiceinput/desktop/bus';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { asKnown } from './ask/failure.ts';
import { attend } from './attend.ts';
import { alreadyRunning, openAlone } from './alone.ts';
import { openSessionBus } from './bus/bus.ts';
import { openHud } from './hud/hud.ts';
import type { Hud } from './hud/hud.ts';
import { openIndicator, unsupported } from './indicator/indicator.ts';
import type { Heard, Shown } from './indicator/panel.ts';
import { languageOf, languages } from './messages/messages.ts';
import type { Language } from './messages/messages.ts';
import { readPreferences } from './preferences.ts';

export interface TrayOptions {
  /** Ends the tray. */
  readonly signal: AbortSignal;
  /** Where the daemon's discovery file and the tray's own small file are. Absent: this user's place. */
  readonly folder?: string | undefined;
  /** The program and its arguments that start a daemon. Absent: those of the last one. */
  readonly executable?: readonly string[] | undefined;
  /** Absent: the language of the environment. */
  readonly language?: Language | undefined;
  /** Is told what does not work and does not end the tray. */
  warn(error: VoiceInputError): void;
}

/**
 * Shows the tray of this desktop session until the user quits it or `signal` is aborted. The daemon is started when none
 * runs, and goes on when the tray ends.
 *
 * Rejects with `ERR_DISPLAY_MISSING` without a desktop session; with `ERR_DESKTOP` on a system that is not supported,
 * when a tray runs already, when the session ends, and when the program that shows the icon ends (macOS, Windows); with
 * `ERR_DAEMON_REFUSED` when the daemon does not let it in.
 */
export async function runTray(options: TrayOptions): Promise<void> {
  switch (process.platform) {
    case 'linux':
      return runOnBus(options);
    case 'darwin':
    case 'win32':
      return runAlone(options);
    default:
      throw unsupported(process.platform);
  }
}

async function runOnBus(options: TrayOptions): Promise<void> {
  const bus = await openSessionBus(options.signal);
  try {
    if (!(await bus.takeName(TRAY_NAME))) throw alreadyRunning();
    await trayOn(bus, options);
  } finally {
    bus.close();
  }
}

async function runAlone(options: TrayOptions): Promise<void> {
  const alone = await openAlone(options.folder ?? runtimeFolder());
  try {
    await trayOn(undefined, options);
  } finally {
    await alone.close();
  }
}

async function trayOn(bus: Bus | undefined, options: TrayOptions): Promise<void> {
  const { folder = runtimeFolder(), executable, language = languageOf(process.env), warn } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const preferences = await readPreferences(folder);
  const hud = bus === undefined ? undefined : await overlayOf(signal, warn);
  const about = { folder, executable, preferences, messages: languages[language], warn };
  const desk = { bus, hud, openIndicator: (first: Shown, heard: Heard) => openIndicator(bus, first, heard) };
  try {
    await attend(desk, { ...about, quit: () => ending.abort() }, signal);
  } finally {
    ending.abort();
    await hud?.close();
  }
}

/** Absent without X11; notifications say the same. */
async function overlayOf(signal: AbortSignal, warn: TrayOptions['warn']): Promise<Hud | undefined> {
  try {
    return await openHud(signal);
  } catch (error) {
    signal.throwIfAborted();
    warn(asKnown(error));
    return undefined;
  }
}
