// How systemd starts the daemon at login, and what is logged when the clone was moved.

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { exitCodes } from '@voiceinput/plugin-api';
import { MOVED, wordsOf } from './definition.ts';
import type { Definition, Start } from './definition.ts';

export const UNIT = 'voiceinput.service';
/** Reached by desktops that tell systemd of themselves: GNOME, KDE and others. */
export const DESKTOP = 'graphical-session.target';
/** sysexits.h, EX_CONFIG. */
const CANNOT_START = 78;
/** Another try would end the same way: an invalid configuration, another daemon. Not a plugin that was too slow once. */
const FINAL = Object.keys(exitCodes).filter((code) => ['2', '4', '9'].includes(code));

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html; lines with X- are for us. */
export const systemd: Definition = {
  kind: 'systemd',
  path: join(configFolder(), 'systemd', 'user', UNIT),
  isVerified: true,
  contentOf(start: Start) {
    const { node, program, environment, withDesktop } = start;
    const script = `if [ -x "$0" ] && [ -e "$1" ]; then exec "$0" "$@"; fi; echo "${MOVED}" >&2; exit ${CANNOT_START}`;
    const variables = Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);
    return `${[
      '# Written by: voiceinput service install',
      '[Unit]',
      'Description=VoiceInput, push-to-talk dictation',
      // The session says which display there is.
      ...(withDesktop ? [`After=${DESKTOP}`, `PartOf=${DESKTOP}`] : []),
      '',
      '[Service]',
      `X-Node=${node}`,
      `X-Program=${program}`,
      'Type=exec',
      `ExecStart=/bin/sh -c ${[script, node, program, ...wordsOf(start)].map(quotedWord).join(' ')}`,
      ...variables,
      'Restart=on-failure',
      'RestartSec=2',
      `RestartPreventExitStatus=${[...FINAL, CANNOT_START].join(' ')}`,
      // It was ended before it was ready.
      'SuccessExitStatus=130',
      // It ends the recording and transcribes what was said.
      'TimeoutStopSec=30',
      '',
      '[Install]',
      `WantedBy=${withDesktop ? DESKTOP : 'default.target'}`,
    ].join('\n')}\n`;
  },
  filesIn(content) {
    const { node, program } = /^X-Node=(?<node>.+)\nX-Program=(?<program>.+)$/m.exec(content)?.groups ?? {};
    return node === undefined || program === undefined ? undefined : { node, program };
  },
};

function configFolder(): string {
  const chosen = process.env['XDG_CONFIG_HOME'];
  return chosen !== undefined && isAbsolute(chosen) ? chosen : join(homedir(), '.config');
}

/** In command lines a dollar sign would begin a variable. */
function quotedWord(text: string): string {
  return quoted(text).replaceAll('$', '$$$$');
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
