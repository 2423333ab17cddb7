// What has to be in a field after a round.

import type { Mood, Reading, Subject } from './round.ts';

/** What the user typed and did not take back, in the order in which it stands. */
export function stays(mood: Mood, typed: string): string {
  if (mood === 'before') return `${typed}00`;
  if (mood === 'switch') return '00';
  if (mood === 'over') return `0${typed}`;
  return `00${mood === 'delete' ? typed.slice(0, -2) : typed}`;
}

/** Whether the better text has to get in. Where only keys are watched, a user who moves the caret ends that. */
export function mustMend(
  { tier, changesText, offersAfter = [] }: Pick<Subject, 'tier' | 'changesText' | 'offersAfter'>,
  mood: Mood,
): boolean {
  if (changesText === true || offersAfter.includes(mood)) return false;
  if (tier === 'verified') return mood !== 'inside';
  if (tier === 'input-method') return mood === 'idle' || mood === 'after';
  return tier === 'watched' && (mood === 'idle' || mood === 'after' || mood === 'delete');
}

/** Whether what is there is what was told to be. */
export const isTrue = (there: string, wanted: string): boolean => there.trim() === wanted.trim();

/** Whether caret or selection are where the user left them, as far as that can be told. */
export function isPlaced(
  { text, selection }: Reading,
  { mood, typed, length }: { mood: Mood; typed: string } & Pick<Subject, 'length'>,
): boolean {
  // Whether a word is over when the draft comes is a matter of time.
  if (selection === undefined || mood === 'inside' || mood === 'through') return true;
  const end = length(text);
  const places: Partial<Record<Mood, readonly [number, number]>> = {
    before: [typed.length, typed.length],
    select: [end - 3, end],
  };
  const [from, to] = places[mood] ?? [end, end];
  return selection.start === from && selection.end === to;
}
