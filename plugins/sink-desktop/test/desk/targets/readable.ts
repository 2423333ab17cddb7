// Programs whose text is read through accessibility, by a connection of the test's own; they are in npm test.

import { clear, clickBehind, codePoints, everything, utf16 } from './target.ts';
import type { Target } from './target.ts';
import { fieldOf, readField } from '../fields.ts';
import type { Mood } from '../round.ts';

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

export const readables: readonly Target[] = [
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
];
