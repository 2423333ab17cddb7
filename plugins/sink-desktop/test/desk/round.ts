// Decides one round in which a user goes on typing while dictations are mended, and what must hold after it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome, Sink } from '@voiceinput/plugin-api';
import { dictation } from '@voiceinput/testkit';
import { Key } from './user.ts';
import type { User } from './user.ts';

/** What the field of a program holds, as the program itself says. */
export interface Reading {
  readonly text: string;
  /** From the anchor of the selection or the caret to its other end, in the units of `length`. */
  readonly selection?: { readonly start: number; readonly end: number };
}

export interface Subject {
  readonly sink: Sink;
  readonly user: User;
  read(): Promise<Reading>;
  /** In the units of `Reading.selection`. */
  length(text: string): number;
  /** What the user may do here while the text is mended. */
  readonly moods: readonly Mood[];
}

export type Mood = 'idle' | 'after' | 'before' | 'inside' | 'select' | 'delete';

const DRAFTS = ['um so i think we should uh meet', 'on tuesday no wednesday'] as const;
const REFINED = ['I think we should meet', 'on Wednesday — «в кафе» 🎉.'] as const;
const DIGITS = '123456789';
const signal = new AbortController().signal;

/** Runs one round. The user types digits, the dictation has none: so each can be told from the other afterwards. */
export async function round({ sink, user, read, length, moods }: Subject, seed: number): Promise<string | undefined> {
  const random = randomFrom(seed);
  const everyMs = (): number => 50 + 100 * random();
  await user.key(Key.a, Key.control);
  await user.key(Key.backspace);
  await pause(120);
  const mood = moods[Math.floor(random() * moods.length)]!;
  await user.type('00');
  await pause(100);

  const told = dictation({ sessionId: `round-${seed}` });
  await sink.begin(told.info, signal);
  const say = async (index: 0 | 1, cause: 'draft' | 'refined'): Promise<Outcome> => {
    const edit = told.edit(String(index), cause, (cause === 'draft' ? DRAFTS : REFINED)[index]);
    const outcome = await sink.apply(edit, signal);
    told.settle(outcome);
    return outcome;
  };
  const drafts = [await say(0, 'draft'), await say(1, 'draft')];
  const typed = mood === 'idle' ? '' : DIGITS.slice(0, 3 + Math.floor(random() * 6));
  const acting = act(user, mood, { typed, everyMs });
  await pause(100 + 500 * random());
  const first = await say(0, 'refined');
  await pause(300 * random());
  const outcomes = [first, await say(1, 'refined')];
  await acting;
  await pause(250);
  await sink.end(told.result(), signal);

  const { text, selection } = await read();
  const kept = mood === 'delete' ? typed.slice(0, -2) : typed;
  const digits = mood === 'before' ? `${kept}00` : `00${kept}`;
  const wanted = outcomes.map((outcome, index) => (outcome.kind === 'applied' ? REFINED : DRAFTS)[index]).join(' ');
  const end = length(text);
  const places: Partial<Record<Mood, readonly [number, number]>> = {
    idle: [end, end],
    after: [end, end],
    delete: [end, end],
    before: [typed.length, typed.length],
    select: [end - 3, end],
  };
  const place = places[mood];
  const isPlaced =
    place === undefined || selection === undefined || (selection.start === place[0] && selection.end === place[1]);
  const isMended = mood === 'inside' || [...drafts, ...outcomes].every(({ kind }) => kind === 'applied');
  const holds = text.replaceAll(/\D/g, '') === digits && text.replaceAll(/\d/g, '') === wanted && isPlaced && isMended;
  return holds ? undefined : JSON.stringify({ seed, mood, typed, outcomes, text, selection, place });
}

async function act(
  user: User,
  mood: Mood,
  { typed, everyMs }: { typed: string; everyMs: () => number },
): Promise<void> {
  await pause(everyMs() / 2);
  if (mood === 'before') await user.key(Key.home, Key.control);
  if (mood === 'inside') for (let count = 0; count < 5; count += 1) await user.key(Key.left);
  await user.type(typed, everyMs);
  if (mood === 'select') for (let count = 0; count < 3; count += 1) await user.key(Key.left, Key.shift);
  if (mood === 'delete') for (let count = 0; count < 2; count += 1) await user.key(Key.backspace);
}

/** Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
