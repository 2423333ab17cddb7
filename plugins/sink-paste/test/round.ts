// One round in which a user goes on typing while a dictation is mended by keys, and what must hold after it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome, Sink } from '@voiceinput/plugin-api';
import { dictation } from '@voiceinput/testkit';
import { Key } from '@voiceinput/rig/desk';
import type { User } from '@voiceinput/rig/desk';

export interface Subject {
  readonly sink: Sink;
  readonly user: User;
  /** What the field holds, and where the caret is in it. */
  read(): Promise<{ readonly text: string; readonly caret: number }>;
  /** So long a draft may be on its way into the field. */
  readonly onItsWayMs: number;
}

/** What came of one round. */
export interface RoundResult {
  /** All that is needed to see what did not hold. Absent: everything did. */
  readonly broken?: string;
  /** How many of the two better texts were put into their place; the others were offered. */
  readonly mended: number;
}

const DRAFTS = ['um so i think we should uh meet', 'on tuesday no wednesday'] as const;
const REFINED = ['I think we should meet', 'on Wednesday, in the cafe.'] as const;
const MOODS = ['idle', 'after', 'delete'] as const;
const DIGITS = '123456789';
const signal = new AbortController().signal;

/**
 * Runs one round in an empty field. The user types digits, the dictation has none: so each can be told from the other
 * afterwards. A text may be offered when a key came between ours; no key of the user's is lost then.
 */
export async function round({ sink, user, read, onItsWayMs }: Subject, seed: number): Promise<RoundResult> {
  const random = randomFrom(seed);
  const mood = MOODS[Math.floor(random() * MOODS.length)]!;
  await user.type('00');
  await pause(onItsWayMs);
  const told = dictation({ sessionId: `round-${seed}` });
  await sink.begin(told.info, signal);
  const say = async (index: 0 | 1, cause: 'draft' | 'refined'): Promise<Outcome> => {
    const edit = told.edit(String(index), cause, (cause === 'draft' ? DRAFTS : REFINED)[index]);
    const outcome = await sink.apply(edit, signal);
    told.settle(outcome);
    return outcome;
  };
  const drafts = [await say(0, 'draft'), await say(1, 'draft')];
  await pause(onItsWayMs);
  const typed = mood === 'idle' ? '' : DIGITS.slice(0, 3 + Math.floor(random() * 6));
  const typing = user.type(typed, () => 50 + 100 * random());
  await pause(100 + 500 * random());
  const first = await say(0, 'refined');
  await pause(300 * random());
  const outcomes = [first, await say(1, 'refined')];
  await typing;
  if (mood === 'delete') for (let count = 0; count < 2; count += 1) await user.key(Key.backspace);
  await sink.end(told.result(), signal);

  const { text, caret } = await read();
  const digits = `00${mood === 'delete' ? typed.slice(0, -2) : typed}`;
  const said = outcomes.map(({ kind }, index) => (kind === 'applied' ? REFINED : DRAFTS)[index]).join(' ');
  const isBetween = outcomes.some((outcome) => outcome.kind === 'offered' && outcome.reason === 'typed-between');
  const holds =
    drafts.every(({ kind }) => kind === 'applied') &&
    text.replaceAll(/\D/g, '') === digits &&
    (isBetween || (text.replaceAll(/\d/g, '') === said && caret === text.length));
  return {
    mended: outcomes.filter(({ kind }) => kind === 'applied').length,
    ...(!holds && { broken: JSON.stringify({ seed, mood, typed, drafts, outcomes, text, caret }) }),
  };
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
