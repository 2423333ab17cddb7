// How desktops without systemd start daemon and tray: an entry for each in the autostart folder of the user.

import { join } from 'node:path';
import { wordsOf } from './definition.ts';
import type { Definition, LoginPart, Start } from './definition.ts';
import { configFolder } from './systemd.ts';

const names = { daemon: 'voiceinput', tray: 'voiceinput-tray' } as const;
const titles = { daemon: 'VoiceInput', tray: 'VoiceInput, icon in the panel' } as const;

/** https://specifications.freedesktop.org/autostart-spec */
const autostartOf = (part: LoginPart): Definition => ({
  kind: 'autostart',
  part,
  path: join(configFolder(), 'autostart', `${names[part]}.desktop`),
  isVerified: true,
  contentOf(start: Start) {
    const { node, program, environment } = start;
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const command = [...(variables.length > 0 ? ['env', ...variables] : []), node, program, ...wordsOf(part, start)];
    return `${[
      '# Written by: voiceinput service install',
      '[Desktop Entry]',
      'Type=Application',
      `Name=${titles[part]}`,
      `Exec=${escaped(command.map(quoted).join(' '))}`,
      `TryExec=${escaped(node)}`,
      'Terminal=false',
      'NoDisplay=true',
      `X-VoiceInput-Node=${escaped(node)}`,
      `X-VoiceInput-Program=${escaped(program)}`,
    ].join('\n')}\n`;
  },
  filesIn(content) {
    const words = /^X-VoiceInput-Node=(?<node>.+)\nX-VoiceInput-Program=(?<program>.+)$/m.exec(content)?.groups ?? {};
    const { node, program } = words;
    return node === undefined || program === undefined
      ? undefined
      : { node: unescaped(node), program: unescaped(program) };
  },
});

export const autostart = autostartOf('daemon');
export const autostartTray = autostartOf('tray');

/** A word of a command line (Desktop Entry Specification, "The Exec key"). */
const quoted = (word: string): string =>
  /^[\w@+=:,./-]+$/.test(word) ? word : `"${word.replaceAll(/[\\"`$]/g, '\\$&').replaceAll('%', '%%')}"`;

/** A value of the type string has escapes of its own. */
const escaped = (value: string): string => value.replaceAll('\\', '\\\\');
const unescaped = (value: string): string => value.replaceAll('\\\\', '\\');
