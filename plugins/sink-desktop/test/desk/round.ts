// One round in which a user goes on typing while dictations are mended, and what must hold after it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome, Sink } from '@voiceinput/plugin-api';
import type { Tier } from '@voiceinput/sink-desktop';
import { dictation } from '@voiceinput/testkit';
import { Key } from '@voiceinput/rig/desk';
import type { User } from '@voiceinput/rig/desk';

/** What the field of a program holds, as the program itself says. */
export interface Reading {
  readonly text: string;
  /** From the anchor of the selection or the caret to its other end, in the units of `length`. */
  readonly selection?: { readonly start: number; readonly end: number };
}

export interface Subject {
  readonly sink: Sink;
  readonly user: User;
  /** How far a better text goes here. */
  readonly tier: Tier;
  /** Empties the field, as the user does it. */
  clear(): Promise<void>;
  read(): Promise<Reading>;
  /** In the units of `Reading.selection`. */
  length(text: string): number;
  /** What the user may do here while the text is mended. */
  readonly moods: readonly Mood[];
  /** Clicks behind all text. */
  clickBehind(): Promise<void>;
  /** Comes back to the window. */
  activate(): Promise<void>;
  /** Where the user goes meanwhile. */
  readonly elsewhere: Elsewhere;
}

/** Another window, which keeps what is typed into it. */
export interface Elsewhere {
  activate(): Promise<void>;
  /** The last line that was entered there. */
  lastLine(): string;
}

export type Mood = 'idle' | 'after' | 'before' | 'inside' | 'select' | 'delete' | 'click' | 'switch';

/** What came of one round. */
export interface RoundResult {
  /** All that is needed to see what did not hold. Absent: everything did. */
  readonly broken?: string;
  /** Better texts that were put into their place. */
  readonly applied: number;
  /** Better texts that were offered, or refused because the user had changed what they mend. */
  readonly offered: number;
  /** Characters of the user's that are not where the user put them. */
  readonly lostCharacters: number;
  /** How long each better text took that was applied. */
  readonly idleMs: readonly number[];
  readonly typingMs: readonly number[];
}

/** On a busy machine what the user did reaches the application late. A dictation into that is another story. */
const SEEN_MS = 400;
const DRAFTS = ['um so i think we should uh meet', 'on tuesday no wednesday'] as const;
const REFINED = ['I think we should meet', 'on Wednesday — «в кафе» 🎉.'] as const;
const DIGITS = '123456789';
const signal = new AbortController().signal;

/** Runs one round. The user types digits, the dictation has none: so each can be told from the other afterwards. */
export async function round(subject: Subject, seed: number): Promise<RoundResult> {
  const { sink, user, moods } = subject;
  const random = randomFrom(seed);
  const everyMs = (): number => 50 + 100 * random();
  await subject.clear();
  await pause(120);
  const mood = moods[Math.floor(random() * moods.length)]!;
  await user.type('00');
  await pause(SEEN_MS);

  const told = dictation({ sessionId: `round-${seed}` });
  await sink.begin(told.info, signal);
  let isTyping = false;
  const tookMs: { readonly idle: number[]; readonly typing: number[] } = { idle: [], typing: [] };
  const say = async (index: 0 | 1, cause: 'draft' | 'refined'): Promise<Outcome> => {
    const edit = told.edit(String(index), cause, (cause === 'draft' ? DRAFTS : REFINED)[index]);
    const came = isTyping ? tookMs.typing : tookMs.idle;
    const startedAtMs = performance.now();
    const outcome = await sink.apply(edit, signal);
    if (cause === 'refined' && outcome.kind === 'applied') came.push(performance.now() - startedAtMs);
    told.settle(outcome);
    return outcome;
  };
  const drafts = [await say(0, 'draft'), await say(1, 'draft')];
  const typed = mood === 'idle' ? '' : DIGITS.slice(0, 3 + Math.floor(random() * 6));
  isTyping = mood !== 'idle';
  const acting = act(subject, mood, { typed, everyMs }).then(() => (isTyping = false));
  await pause(100 + 500 * random());
  const first = await say(0, 'refined');
  await pause(300 * random());
  const outcomes = [first, await say(1, 'refined')];
  await acting;
  await pause(250);
  await sink.end(told.result(), signal);

  const reading = await subject.read();
  const wanted = { typed: stays(mood, typed), said: outcomes.map(textOf).join(' ') };
  const digits = reading.text.replaceAll(/\D/g, '');
  const holds =
    digits === wanted.typed &&
    reading.text.replaceAll(/\d/g, '') === wanted.said &&
    isPlaced(reading, { mood, typed, length: subject.length }) &&
    drafts.every(({ kind }) => kind === 'applied') &&
    (mood !== 'switch' || subject.elsewhere.lastLine() === typed) &&
    (!mustMend(subject.tier, mood) || outcomes.every(isMended));
  const applied = outcomes.filter(({ kind }) => kind === 'applied').length;
  return {
    applied,
    offered: outcomes.length - applied,
    lostCharacters: wanted.typed.length - inOrder(wanted.typed, digits),
    idleMs: tookMs.idle,
    typingMs: tookMs.typing,
    ...(!holds && { broken: JSON.stringify({ seed, mood, typed, drafts, outcomes, reading, wanted }) }),
  };
}

function textOf({ kind }: Outcome, index: number): string {
  return (kind === 'applied' ? REFINED : DRAFTS)[index] ?? '';
}

/** What the user typed and did not take back, in the order in which it stands. */
function stays(mood: Mood, typed: string): string {
  if (mood === 'before') return `${typed}00`;
  if (mood === 'switch') return '00';
  return `00${mood === 'delete' ? typed.slice(0, -2) : typed}`;
}

/** Whether the better text has to get in. Where only keys are watched, a user who moves the caret ends that. */
function mustMend(tier: Tier, mood: Mood): boolean {
  if (tier === 'verified') return mood !== 'inside';
  return tier === 'watched' && (mood === 'idle' || mood === 'after' || mood === 'delete');
}

/** An application that is too busy to be written to safely is left alone, and that is said. */
const isMended = (outcome: Outcome): boolean =>
  outcome.kind === 'applied' || (outcome.kind === 'offered' && outcome.reason === 'busy');

/** Whether caret or selection are where the user left them, as far as that can be told. */
function isPlaced(
  { text, selection }: Reading,
  { mood, typed, length }: { mood: Mood; typed: string } & Pick<Subject, 'length'>,
): boolean {
  const end = length(text);
  const places: Partial<Record<Mood, readonly [number, number]>> = {
    idle: [end, end],
    after: [end, end],
    delete: [end, end],
    click: [end, end],
    switch: [end, end],
    before: [typed.length, typed.length],
    select: [end - 3, end],
  };
  const place = places[mood];
  return place === undefined || selection === undefined || (selection.start === place[0] && selection.end === place[1]);
}

/** How many characters of `wanted` stand in `text` in the same order: their longest common subsequence. */
export function inOrder(wanted: string, text: string): number {
  let row = Array.from({ length: text.length + 1 }, () => 0);
  for (const character of wanted) {
    const next = [0];
    for (let index = 0; index < text.length; index += 1)
      next.push(character === text[index] ? row[index]! + 1 : Math.max(next[index]!, row[index + 1]!));
    row = next;
  }
  return row.at(-1)!;
}

async function act(
  { user, elsewhere, activate, clickBehind }: Subject,
  mood: Mood,
  { typed, everyMs }: { typed: string; everyMs: () => number },
): Promise<void> {
  await pause(everyMs() / 2);
  if (mood === 'switch') await elsewhere.activate();
  if (mood === 'click') await clickBehind();
  if (mood === 'before') await user.key(Key.home, Key.control);
  if (mood === 'inside') for (let count = 0; count < 5; count += 1) await user.key(Key.left);
  await user.type(typed, everyMs);
  if (mood === 'select') for (let count = 0; count < 3; count += 1) await user.key(Key.left, Key.shift);
  if (mood === 'delete') for (let count = 0; count < 2; count += 1) await user.key(Key.backspace);
  if (mood === 'switch') {
    await user.key(Key.enter);
    await activate();
  }
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
