// Which keys bring a change into a window that cannot be read: back to its place, over what goes, and forth again.

import type { Burst } from './plan.ts';

/** A key so many times, or a text. */
export type Keystroke =
  | { readonly key: 'Left' | 'Right' | 'BackSpace' | 'Delete'; readonly times?: number; readonly shift?: true }
  | { readonly text: string };

/** Whether anything that stands already changes. */
export const isRepair = ({ left, remove }: Pick<Burst, 'left' | 'remove'>): boolean => left + remove > 0;

/** Without Shift: a key of the user's that comes between would be another one with it. */
export function typingKeys({ left, remove, removed, text }: Burst): readonly Keystroke[] {
  // Backspace takes a mark from its letter; Delete takes what a caret steps over.
  const isPlain = Array.from(removed).length === remove;
  const going = isPlain
    ? [...times({ key: 'Left' }, left), ...times({ key: 'BackSpace' }, remove)]
    : [...times({ key: 'Left' }, left + remove), ...times({ key: 'Delete' }, remove)];
  return [...going, ...(text === '' ? [] : [{ text }]), ...times({ key: 'Right' }, left)];
}

/** Selects what goes, for a paste to replace it: if that never comes, nothing is missing. */
export function selectingKeys({ left, remove }: Pick<Burst, 'left' | 'remove'>): readonly Keystroke[] {
  return [...times({ key: 'Left' }, left), ...times({ key: 'Left', shift: true }, remove)];
}

/** The way back from where a change was made. */
export const returningKeys = ({ left }: Pick<Burst, 'left'>): readonly Keystroke[] => times({ key: 'Right' }, left);

/** How many presses these are. */
export const pressesOf = (keys: readonly ({ readonly text: string } | { readonly times?: number })[]): number =>
  keys.reduce((sum, key) => sum + ('text' in key ? Array.from(key.text).length : (key.times ?? 1)), 0);

const times = (key: Extract<Keystroke, { key: string }>, count: number): readonly Keystroke[] =>
  count > 0 ? [{ ...key, times: count }] : [];
