// How systemd starts daemon and tray at login, and what is logged when the program was moved.

import { join } from 'node:path';
import { runtimeFolder } from '@voiceinput/client';
import { exitCodes, folderNamedBy, homeFolder } from '@voiceinput/plugin-api';
import { TOKEN_FILE } from '../http/token.ts';
import { MOVED, wordsOf } from './definition.ts';
import type { Definition, LoginPart, Start } from './definition.ts';

export const UNIT = 'voiceinput.service';
export const TRAY_UNIT = 'voiceinput-tray.service';
/** Reached by desktops that tell systemd of themselves: GNOME, KDE and others. */
export const DESKTOP = 'graphical-session.target';
/** sysexits.h, EX_CONFIG. */
const CANNOT_START = 78;
/** Another try would end the same way: an invalid configuration, another daemon, no tray. Not a plugin that was too slow once. */
const FINAL: Readonly<Record<LoginPart, readonly string[]>> = {
  daemon: Object.keys(exitCodes).filter((code) => ['2', '4', '9'].includes(code)),
  // No panel, no display, another tray.
  tray: Object.keys(exitCodes).filter((code) => ['2', '4', '5', '8', '9'].includes(code)),
};

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html; lines with X- are for us. */
export const systemd: Definition = {
  kind: 'systemd',
  part: 'daemon',
  path: join(configFolder(), 'systemd', 'user', UNIT),
  isVerified: true,
  contentOf(start: Start) {
    const { withDesktop } = start;
    return fileOf([
      '[Unit]',
      'Description=VoiceInput, push-to-talk dictation',
      // The session says which display there is.
      ...(withDesktop ? [`After=${DESKTOP}`, `PartOf=${DESKTOP}`] : []),
      ...serviceOf('daemon', start),
      // Also after a kill: whoever reads the token would send it to whatever listens there by then.
      `ExecStopPost=-/bin/rm -f ${quotedWord(join(runtimeFolder(), TOKEN_FILE))}`,
      // No WatchdogSec: only a program of its own could tell systemd that the daemon lives, every few seconds, and every
      // client notices by its own deadline when it does not.
      // It ends the recording and transcribes what was said.
      'TimeoutStopSec=30',
      '',
      '[Install]',
      `WantedBy=${withDesktop ? DESKTOP : 'default.target'}`,
    ]);
  },
  filesIn,
};

/** Only where the desktop tells systemd of itself: without a display there is no panel. */
export const systemdTray: Definition = {
  kind: 'systemd',
  part: 'tray',
  path: join(configFolder(), 'systemd', 'user', TRAY_UNIT),
  isVerified: true,
  contentOf: (start: Start) =>
    fileOf([
      '[Unit]',
      'Description=VoiceInput, icon in the panel',
      `After=${DESKTOP} ${UNIT}`,
      `Wants=${UNIT}`,
      `PartOf=${DESKTOP}`,
      ...serviceOf('tray', start),
      '',
      '[Install]',
      `WantedBy=${DESKTOP}`,
    ]),
  filesIn,
};

const fileOf = (lines: readonly string[]): string =>
  `${['# Written by: voiceinput service install', ...lines].join('\n')}\n`;

function serviceOf(part: LoginPart, start: Start): readonly string[] {
  const { node, program, environment } = start;
  const script = `if [ -x "$0" ] && [ -e "$1" ]; then exec "$0" "$@"; fi; echo "${MOVED}" >&2; exit ${CANNOT_START}`;
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);
  return [
    '',
    '[Service]',
    `X-Node=${node}`,
    `X-Program=${program}`,
    'Type=exec',
    `ExecStart=/bin/sh -c ${[script, node, program, ...wordsOf(part, start)].map(quotedWord).join(' ')}`,
    ...variables,
    'Restart=on-failure',
    'RestartSec=2',
    `RestartPreventExitStatus=${[...FINAL[part], CANNOT_START].join(' ')}`,
    // It was ended before it was ready.
    'SuccessExitStatus=130',
  ];
}

function filesIn(content: string): ReturnType<Definition['filesIn']> {
  const { node, program } = /^X-Node=(?<node>.+)\nX-Program=(?<program>.+)$/m.exec(content)?.groups ?? {};
  return node === undefined || program === undefined ? undefined : { node, program };
}

/** Where programs look for files of this user. */
export function configFolder(): string {
  return folderNamedBy('XDG_CONFIG_HOME') ?? join(homeFolder(), '.config');
}

/** In command lines a dollar sign would begin a variable. */
function quotedWord(text: string): string {
  return quoted(text).replaceAll('$', '$$$$');
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
