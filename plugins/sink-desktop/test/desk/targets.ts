// In which applications rounds are run, and how each is opened, emptied and read.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tier } from '@voiceinput/sink-desktop';
import { Key } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import type { Accessibility } from '../../src/accessibility/accessibility.ts';
import { readField, fieldOf } from './fields.ts';
import type { Elsewhere, Mood, Reading } from './round.ts';

/** What a target needs to be opened and read. */
export interface Surroundings {
  readonly desk: Desk;
  /** Reads the fields of applications, apart from the sink. */
  readonly reader: Accessibility;
}

export interface Opened {
  readonly program: Program;
  read(): Promise<Reading>;
  clear(): Promise<void>;
  clickBehind(): Promise<void>;
}

export interface Target {
  readonly name: string;
  readonly toolkit: string;
  /** How far a better text goes there by default. */
  readonly tier: Tier;
  /** Whether `npm test` has it. */
  readonly isInCi: boolean;
  readonly needs: string;
  readonly moods: readonly Mood[];
  /** In the units of the readings. */
  length(text: string): number;
  open(surroundings: Surroundings): Promise<Opened>;
}

const everything: readonly Mood[] = ['idle', 'after', 'before', 'inside', 'select', 'delete', 'click', 'switch'];
const codePoints = (text: string): number => Array.from(text).length;
const utf16 = (text: string): number => text.length;

const FROM_EDGE_PX = 50;

/** At the right edge of the window, in the middle of its height. */
async function clickBehind({ user, xdotool }: Desk, { windowId }: Program): Promise<void> {
  const told = xdotool('getwindowgeometry', '--shell', windowId);
  const [x = 0, y = 0, width = 0, height = 0] = ['X', 'Y', 'WIDTH', 'HEIGHT'].map((name) =>
    Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(told)?.[1]),
  );
  await user.click(x + width - FROM_EDGE_PX, Math.round(y + height / 2));
}

async function clear({ user }: Desk): Promise<void> {
  await user.key(Key.a, Key.control);
  await user.key(Key.backspace);
}

function readable(known: {
  readonly name: string;
  readonly toolkit: string;
  readonly command: readonly string[];
  readonly windowClass: string;
  readonly length: (text: string) => number;
  readonly moods?: readonly Mood[];
}): Target {
  const { name, toolkit, command, windowClass, length, moods = everything } = known;
  return {
    name,
    toolkit,
    length,
    tier: 'verified',
    isInCi: true,
    needs: command[0]!,
    moods,
    async open({ desk, reader }) {
      const program = await desk.open(command, windowClass);
      const field = await fieldOf(program, reader);
      return {
        program,
        read: () => readField(field),
        clear: () => clear(desk),
        clickBehind: () => clickBehind(desk, program),
      };
    },
  };
}

/** A shell that tells, on Control+X Control+R, what its line holds. */
const xterm: Target = {
  name: 'xterm with bash',
  toolkit: 'Xaw terminal',
  length: codePoints,
  tier: 'offered',
  isInCi: true,
  needs: 'xterm',
  // Nothing can be selected by keys there, and a click moves no caret.
  moods: ['idle', 'after', 'before', 'inside', 'delete', 'switch'],
  async open({ desk }) {
    const [rules, told] = [join(desk.folder, 'bashrc'), join(desk.folder, 'line')];
    const tell = `printf '%s\\n%s' "$READLINE_POINT" "$READLINE_LINE" > ${told}.new; mv ${told}.new ${told}`;
    writeFileSync(
      rules,
      [`tell() { ${tell}; }`, `bind -x '"\\C-x\\C-r": tell'`, `bind '"\\e[1;5H": beginning-of-line'`].join('\n'),
    );
    const program = await desk.open(['xterm', '-e', 'bash', '--noprofile', '--rcfile', rules], 'xterm');
    return {
      program,
      async read() {
        rmSync(told, { force: true });
        await desk.user.key(Key.x, Key.control);
        await desk.user.key(Key.r, Key.control);
        for (let tries = 0; !existsSync(told) && tries < 40; tries += 1) await pause(50);
        const [place = '', ...lines] = readFileSync(told, 'utf8').split('\n');
        return { text: lines.join('\n'), selection: { start: Number(place), end: Number(place) } };
      },
      async clear() {
        await desk.user.key(Key.a, Key.control);
        await desk.user.key(Key.k, Key.control);
      },
      clickBehind: () => clickBehind(desk, program),
    };
  },
};

function chromium(id: 'textarea' | 'contenteditable', tier: Tier): Target {
  return {
    name: `Chromium ${id}`,
    toolkit: 'Blink',
    length: utf16,
    tier,
    isInCi: false,
    needs: 'chromium',
    moods: everything,
    async open({ desk }) {
      const page = join(desk.folder, `${id}.html`);
      writeFileSync(page, pageWith(id));
      const flags = '--no-sandbox --no-first-run --disable-gpu --window-size=900,600'.split(' ');
      const profile = `--user-data-dir=${join(desk.folder, id)}`;
      const program = await desk.open(['chromium', ...flags, profile, `--app=file://${page}`], 'chromium');
      await desk.user.click(300, 300);
      await pause(2_000);
      return {
        program,
        read: () => readTitle(desk, program),
        clear: () => clear(desk),
        clickBehind: () => clickBehind(desk, program),
      };
    },
  };
}

async function readTitle(desk: Desk, { windowId }: Program): Promise<Reading> {
  const title = (): string => desk.xdotool('getwindowname', windowId);
  // Without a graphics card a page tells late: what stays the same for a while is what it holds.
  for (let before = '', now = ' '; before !== now;) {
    before = title();
    await pause(1_000);
    now = title();
  }
  const { groups } = /^\[(?<text>[^]*)\](?<start>\d*),(?<end>\d*)$/u.exec(title()) ?? {};
  if (groups === undefined) throw new Error('The page does not tell what it holds.');
  const { text = '', start = '', end = '' } = groups;
  return { text, ...(start !== '' && { selection: { start: Number(start), end: Number(end) } }) };
}

/** A page that tells in its title what its field holds, and where the selection is when it can. */
function pageWith(id: string): string {
  const field =
    id === 'textarea'
      ? '<textarea id="field" style="position: fixed; inset: 0; width: 100%; height: 100%"></textarea>'
      : '<div id="field" contenteditable style="white-space: pre-wrap; min-height: 20em"></div>';
  return `<!doctype html><meta charset="utf-8">${field}<script>
    const field = document.getElementById('field');
    const text = () => field.value ?? field.innerText;
    setInterval(() => (document.title = '[' + text() + ']' + (field.selectionStart ?? '') + ',' + (field.selectionEnd ?? '')), 20);
    field.focus();
  </script>`;
}

export const targets: readonly Target[] = [
  readable({
    name: 'mousepad',
    toolkit: 'GTK 3 text',
    command: ['mousepad'],
    windowClass: 'mousepad',
    length: codePoints,
  }),
  readable({
    name: 'gnome-text-editor',
    toolkit: 'GTK 4 text',
    command: ['gnome-text-editor', '-s'],
    windowClass: 'text-editor',
    length: codePoints,
  }),
  readable({
    name: 'zenity --entry',
    toolkit: 'GTK 3 entry',
    command: ['zenity', '--entry'],
    windowClass: 'zenity',
    length: codePoints,
    // Nobody knows where in the dialog it is.
    moods: everything.filter((mood) => mood !== 'click'),
  }),
  readable({
    name: 'featherpad',
    toolkit: 'Qt 5 text',
    command: ['featherpad'],
    windowClass: 'featherpad',
    length: utf16,
  }),
  xterm,
  chromium('textarea', 'offered'),
  chromium('contenteditable', 'offered'),
];

/** A terminal that writes down each line. */
export async function openElsewhere(desk: Desk): Promise<Elsewhere> {
  const lines = join(desk.folder, 'elsewhere');
  const command = ['xterm', '-name', 'elsewhere', '-class', 'Elsewhere', '-e', 'sh', '-c', `cat > ${lines}`];
  const { activate } = await desk.open(command, 'elsewhere');
  return { activate, lastLine: () => readFileSync(lines, 'utf8').trimEnd().split('\n').at(-1) ?? '' };
}
