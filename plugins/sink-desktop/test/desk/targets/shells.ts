// Terminals with a shell that tells, on Control+X Control+R, what its line holds.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Key } from '@voiceinput/rig/desk';
import type { Desk } from '@voiceinput/rig/desk';
import type { Reading } from '../round.ts';
import { clickBehind, codePoints, keyed } from './target.ts';
import type { Target } from './target.ts';

interface Terminal {
  readonly name: string;
  readonly toolkit: string;
  readonly isInCi: boolean;
  /** The command that runs a shell with these rules. */
  command(rules: string): readonly string[];
}

function shell({ name, toolkit, isInCi, command }: Terminal): Target {
  const [program = ''] = command('');
  return {
    name: `${program} with bash`,
    toolkit,
    isInCi,
    length: codePoints,
    tier: 'offered',
    needs: program,
    // Nothing can be selected by keys there, and a click moves no caret.
    moods: keyed,
    async open({ desk }) {
      const { rules, ...line } = shellLine(desk, program);
      const opened = await desk.open(command(rules), name);
      return { ...line, program: opened, clickBehind: () => clickBehind(desk, opened) };
    },
  };
}

/** Rules for bash in the terminal `program`, and how its line is read and emptied. */
export function shellLine({ folder, user }: Pick<Desk, 'folder' | 'user'>, program: string) {
  const [rules, told] = [join(folder, `bashrc-${program}`), join(folder, `line-${program}`)];
  const tell = `printf '%s\\n%s' "$READLINE_POINT" "$READLINE_LINE" > ${told}.new; mv ${told}.new ${told}`;
  writeFileSync(
    rules,
    [`tell() { ${tell}; }`, `bind -x '"\\C-x\\C-r": tell'`, `bind '"\\e[1;5H": beginning-of-line'`].join('\n'),
  );
  return {
    rules,
    async read(): Promise<Reading> {
      rmSync(told, { force: true });
      await user.key(Key.x, Key.control);
      await user.key(Key.r, Key.control);
      for (let tries = 0; !existsSync(told) && tries < 40; tries += 1) await pause(50);
      const [place = '', ...lines] = readFileSync(told, 'utf8').split('\n');
      return { text: lines.join('\n'), selection: { start: Number(place), end: Number(place) } };
    },
    async clear(): Promise<void> {
      await user.key(Key.a, Key.control);
      await user.key(Key.k, Key.control);
    },
  };
}

export const shells: readonly Target[] = [
  shell({
    name: 'xterm',
    toolkit: 'Xaw terminal',
    isInCi: true,
    command: (rules) => ['xterm', '-e', 'bash', '--noprofile', '--rcfile', rules],
  }),
  shell({
    name: 'xfce4-terminal',
    toolkit: 'VTE',
    isInCi: false,
    command: (rules) => ['xfce4-terminal', '--disable-server', '-x', 'bash', '--noprofile', '--rcfile', rules],
  }),
];
