// Decides how the tray begins and ends, and what it takes from its caller.

import { runtimeFolder } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { asKnown } from './ask/failure.ts';
import { attend } from './attend.ts';
import { openBus } from './bus/bus.ts';
import type { Bus } from './bus/bus.ts';
import { openHud } from './hud/hud.ts';
import { unsupported } from './indicator/indicator.ts';
import { languageOf, languages } from './messages/messages.ts';
import type { Language } from './messages/messages.ts';
import { readPreferences } from './preferences.ts';

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
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const preferences = await readPreferences(folder);
  const hud = await openHud(signal).catch((error: unknown) => {
    signal.throwIfAborted();
    // Without X11 there is no overlay; notifications say the same.
    warn(asKnown(error));
    return undefined;
  });
  const about = { folder, executable, preferences, messages: languages[language], warn };
  const attending = attend({ bus, hud }, { ...about, quit: () => ending.abort() }, signal);
  try {
    await Promise.race([attending, bus.lost.then((reason) => Promise.reject(reason))]);
  } finally {
    ending.abort();
    await attending.catch(() => undefined);
    await hud?.close();
  }
}
