// Programs on Wayland: their text is read from the file that they save, or copied out of them.

import { setTimeout as pause } from 'node:timers/promises';
import { Key } from '@voiceinput/rig/sway';
import type { Sway, SwayProgram } from '@voiceinput/rig/sway';
import { fieldOf } from '../fields.ts';
import type { Mood, Reading } from '../round.ts';
import { MARKS, savedReader, withoutMark } from './saved.ts';
import { clear, codePoints, everything } from './target.ts';
import type { Target } from './target.ts';

/** A desktop of Wayland. */
export interface DeskWithFiles extends Pick<Sway, 'user' | 'copied' | 'file'> {
  open(command: readonly string[], appId: string): Promise<Omit<SwayProgram, 'title'>>;
}

interface Known {
  readonly name: string;
  readonly toolkit: string;
  readonly appId: string;
  command(path: string): readonly string[];
  readonly isInCi: boolean;
  readonly moods?: readonly Mood[];
  /** By the name of the desktop. */
  readonly offersAfter?: Readonly<Record<string, readonly Mood[]>>;
  /** Absent: from the file that the program saves. */
  read?(desk: DeskWithFiles): () => Promise<Reading>;
}

const FROM_EDGE_PX = 50;
/** The mark would replace a selection. */
const withoutSelection = everything.filter((mood) => mood !== 'select');

function on(
  desktop: string,
  { name, toolkit, appId, command, isInCi, moods = withoutSelection, offersAfter, read }: Known,
): Target<DeskWithFiles> {
  return {
    name: `${name} on ${desktop}`,
    toolkit,
    tier: 'verified',
    isInCi,
    needs: command('')[0]!,
    moods,
    offersAfter: offersAfter?.[desktop] ?? [],
    length: codePoints,
    async open({ desk, reader }) {
      const path = desk.file(`${appId}.txt`);
      const program = await desk.open(command(path), appId);
      await fieldOf(program, reader);
      const { x, y, width, height } = program.area;
      return {
        program,
        clear: () => clear(desk),
        clickBehind: () => desk.user.click(x + width - FROM_EDGE_PX, Math.round(y + height / 2)),
        read: read === undefined ? savedReader({ user: desk.user, path }) : read(desk),
      };
    },
  };
}

const LOOK_EVERY_MS = 50;
const COPIED_MS = 10_000;

/** What the user copies out of it; what was copied before comes back. */
function copying({ user, copied }: DeskWithFiles): () => Promise<Reading> {
  let readings = 0;
  return async () => {
    const mark = MARKS[(readings += 1) % MARKS.length]!;
    const before = await copied.read();
    await user.type(mark);
    await user.key(Key.a, Key.control);
    await user.key(Key.c, Key.control);
    let text = '';
    for (
      const untilMs = performance.now() + COPIED_MS;
      !text.includes(mark) && performance.now() < untilMs;
      await pause(LOOK_EVERY_MS)
    )
      text = await copied.read();
    copied.write(before);
    return withoutMark(text, mark);
  };
}

const programs: readonly Known[] = [
  {
    name: 'mousepad',
    toolkit: 'GTK 3 text',
    appId: 'mousepad',
    command: (path) => ['mousepad', path],
    isInCi: true,
  },
  {
    name: 'zenity --entry',
    toolkit: 'GTK 3 entry',
    appId: 'zenity',
    command: () => ['zenity', '--entry'],
    isInCi: true,
    // Nobody knows where in the dialog it is.
    moods: withoutSelection.filter((mood) => mood !== 'click'),
    read: copying,
  },
  {
    name: 'featherpad',
    toolkit: 'Qt 5 text',
    appId: 'featherpad',
    command: (path) => ['featherpad', path],
    isInCi: true,
    // When it comes to the front there, Qt tells that all of the text was deleted and inserted.
    offersAfter: { KWin: ['switch'] },
  },
  {
    name: 'gnome-text-editor',
    toolkit: 'GTK 4 text',
    appId: 'org.gnome.TextEditor',
    command: (path) => ['gnome-text-editor', '-s', path],
    isInCi: true,
  },
  {
    name: 'gedit',
    toolkit: 'GTK 3 text',
    appId: 'gedit',
    command: (path) => ['gedit', '-s', path],
    isInCi: false,
  },
];

/** On sway, which `npm test` has. */
export const waylandTargets: readonly Target<Sway>[] = programs.map((one) => on('sway', one));

/** On a desktop that only `pnpm prove` has. */
export const provenTargets = (desktop: string): readonly Target<DeskWithFiles>[] =>
  programs.map((one) => on(desktop, { ...one, isInCi: false }));
