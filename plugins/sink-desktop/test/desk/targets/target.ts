// What a target of the rounds is, and what many of them have in common.

import { setTimeout as pause } from 'node:timers/promises';
import type { Tier } from '@voiceinput/sink-desktop';
import { Key } from '@voiceinput/rig/desk';
import type { Desk, Program } from '@voiceinput/rig/desk';
import type { Accessibility } from '../../../src/accessibility/accessibility.ts';
import { moods } from '../round.ts';
import type { Mood, Reading } from '../round.ts';

/** What a target needs to be opened and read. */
export interface Surroundings<D = Desk> {
  readonly desk: D;
  /** Reads the fields of applications, apart from the sink. */
  readonly reader: Accessibility;
}

export interface Opened {
  readonly program: Pick<Program, 'pid' | 'activate' | 'close'>;
  read(): Promise<Reading>;
  clear(): Promise<void>;
  clickBehind(): Promise<void>;
}

export interface Target<D = Desk> {
  readonly name: string;
  readonly toolkit: string;
  /** How far a better text goes there by default. */
  readonly tier: Tier;
  /** Whether `npm test` has it. */
  readonly isInCi: boolean;
  readonly needs: string;
  readonly moods: readonly Mood[];
  /** The keys that lead before all text: the first, while the others are held. Absent: Control+Home. */
  readonly toStart?: readonly [key: number, ...held: readonly number[]];
  /** In the units of the readings. */
  length(text: string): number;
  /** What the application makes of a text by itself. Absent: nothing. */
  shown?(text: string): string;
  /** Whether a better text may only be offered, for the application changes by itself what it takes the place of. */
  readonly changesText?: true;
  /** After what a better text may only be offered, for the application tells then that all of its text changed. Absent: nothing. */
  readonly offersAfter?: readonly Mood[];
  open(surroundings: Surroundings<D>): Promise<Opened>;
}

export const everything: readonly Mood[] = moods;
/** Where nothing is selected with Shift and arrows, and a click moves no caret. */
export const keyed: readonly Mood[] = moods.filter((mood) => !['select', 'click', 'over'].includes(mood));
export const codePoints = (text: string): number => Array.from(text).length;
export const utf16 = (text: string): number => text.length;

const FROM_EDGE_PX = 50;

/** At the right edge of the window, in the middle of its height. */
export async function clickBehind({ user, xdotool }: Desk, { windowId }: Program): Promise<void> {
  const told = xdotool('getwindowgeometry', '--shell', windowId);
  const [x = 0, y = 0, width = 0, height = 0] = ['X', 'Y', 'WIDTH', 'HEIGHT'].map((name) =>
    Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(told)?.[1]),
  );
  await user.click(x + width - FROM_EDGE_PX, Math.round(y + height / 2));
}

export async function clear({ user }: Pick<Desk, 'user'>): Promise<void> {
  await user.key(Key.a, Key.control);
  await user.key(Key.backspace);
}

/** Waits until `read` gives the same twice: what a program writes down may lag behind what it shows. */
export async function settled<T>(read: () => T): Promise<T> {
  for (let before = ''; ;) {
    const now = read();
    if (JSON.stringify(now) === before) return now;
    before = JSON.stringify(now);
    await pause(SETTLED_MS);
  }
}

const SETTLED_MS = 300;
