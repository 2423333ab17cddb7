// One round in which a user goes on while dictations are written and mended, and what must hold after it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Edit, Outcome, Sink } from '@voiceinput/plugin-api';
import type { Tier } from '@voiceinput/sink-desktop';
import { dictation } from '@voiceinput/testkit';
import { Key } from '@voiceinput/rig/desk';
import type { User } from '@voiceinput/rig/desk';
import { isPlaced, isTrue, mustMend, stays } from './expected.ts';
import { inOrder, randomFrom } from './random.ts';

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
  /** What the application makes of a text by itself. Absent: nothing. */
  shown?(text: string): string;
  /** Whether a better text may only be offered, for the application changes by itself what it takes the place of. */
  readonly changesText?: true;
  /** After what a better text may only be offered, for the application tells then that all of its text changed. Absent: nothing. */
  readonly offersAfter?: readonly Mood[];
  /** What the user may do here while the text is written. */
  readonly moods: readonly Mood[];
  /** The keys that lead before all text: the first, while the others are held. Absent: Control+Home. */
  readonly toStart?: readonly [key: number, ...held: readonly number[]];
  /** Clicks behind all text. */
  clickBehind(): Promise<void>;
  /** Comes back to the window. */
  activate(): Promise<void>;
  /** Where the user goes meanwhile. */
  readonly elsewhere: Elsewhere;
  /** The application stands still until it goes on. */
  stop(): void;
  goOn(): void;
  readonly copied: { read(): Promise<string>; write(text: string): void };
}

/** Another window, which keeps what is typed into it. */
export interface Elsewhere {
  activate(): Promise<void>;
  /** The last line that was entered there. */
  lastLine(): string;
}

/**
 * What the user does while better texts come. `through`: types a word while the drafts come. `over`: has something selected
 * when the dictation begins. `stop`: the application stands still for a while. `ask`, `undo`: asks for the better texts, or
 * takes everything back.
 */
export const moods = [
  'idle',
  'after',
  'before',
  'inside',
  'select',
  'delete',
  'click',
  'switch',
  'through',
  'over',
  'stop',
  'ask',
  'undo',
] as const;
export type Mood = (typeof moods)[number];

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
const APART_MS = 100;
const ENTERED_MS = 3_000;
const LOOK_EVERY_MS = 20;
const DRAFTS = ['um so i think we should uh meet', 'on tuesday no wednesday'] as const;
const REFINED = ['I think we should meet', 'on Wednesday — «в кафе» 🎉.'] as const;
const DIGITS = '123456789';
const COPIED = 'a password';
const signal = new AbortController().signal;

/** Runs one round. The user types digits, the dictation has none: so each can be told from the other afterwards. */
export async function round(subject: Subject, seed: number): Promise<RoundResult> {
  const { sink, user, copied, shown = String } = subject;
  const random = randomFrom(seed);
  const everyMs = (): number => 50 + 100 * random();
  await subject.clear();
  await pause(120);
  const mood = subject.moods[Math.floor(random() * subject.moods.length)]!;
  copied.write(COPIED);
  // Firefox takes the same key for a repetition that follows at once.
  await user.type('00', () => APART_MS);
  if (mood === 'over') await user.key(Key.left, Key.shift);
  await pause(SEEN_MS);

  const told = dictation({ sessionId: `round-${seed}` });
  await sink.begin(told.info, signal);
  let isTyping = false;
  const standing = ['', ''];
  const tookMs: { readonly idle: number[]; readonly typing: number[] } = { idle: [], typing: [] };
  const say = async (index: 0 | 1, cause: Edit['cause'], text: string, asked = false): Promise<Outcome> => {
    const edit = { ...told.edit(String(index), cause, text), ...(asked && ({ asked } as const)) };
    const came = isTyping ? tookMs.typing : tookMs.idle;
    const startedAtMs = performance.now();
    const outcome = await sink.apply(edit, signal);
    if (cause === 'refined' && outcome.kind === 'applied') came.push(performance.now() - startedAtMs);
    if (outcome.kind === 'applied') standing[index] = text;
    told.settle(outcome);
    return outcome;
  };
  const both = async (cause: Edit['cause'], texts: readonly [string, string]): Promise<readonly Outcome[]> => [
    await say(0, cause, texts[0]),
    await say(1, cause, texts[1]),
  ];

  const typed = ['idle', 'ask', 'undo'].includes(mood) ? '' : DIGITS.slice(0, 3 + Math.floor(random() * 6));
  const halting = mood === 'stop' ? halt(subject, random) : undefined;
  const typing = mood === 'through' ? user.type(typed, everyMs) : undefined;
  if (mood === 'through') await pause(2 * everyMs());
  await sink.pin?.(told.info.sessionId, signal);
  const drafts = await both('draft', DRAFTS);
  isTyping = typed !== '';
  const acting = (typing ?? act(subject, mood, { typed, everyMs })).then(() => (isTyping = false));
  await pause(100 + 500 * random());
  const first = await say(0, 'refined', REFINED[0]);
  await pause(300 * random());
  const outcomes = [first, await say(1, 'refined', REFINED[1])];
  await acting;
  await halting;
  if (mood === 'ask') for (const index of [0, 1] as const) await say(index, 'refined', REFINED[index], true);
  if (mood === 'undo') for (const index of [1, 0] as const) await say(index, 'undo', '');
  await pause(250);
  await sink.end(told.result(), signal);

  const reading = await subject.read();
  const wanted = { typed: stays(mood, typed), said: standing.filter(Boolean).map(shown).join(' ') };
  const digits = reading.text.replaceAll(/\D/g, '');
  const stillCopied = await copied.read();
  const lastLine = subject.elsewhere.lastLine();
  const holds =
    digits === wanted.typed &&
    isTrue(shown(reading.text.replaceAll(/\d/g, '')), wanted.said) &&
    (mood !== 'through' || reading.text.includes(`00${typed}`)) &&
    isPlaced(reading, { ...subject, mood, typed }) &&
    drafts.every((outcome) => outcome.kind === 'applied' || (mood === 'through' && isBusy(outcome))) &&
    (mood !== 'switch' || lastLine === typed) &&
    stillCopied === COPIED &&
    (!mustMend(subject, mood) || outcomes.every((outcome) => outcome.kind === 'applied' || isBusy(outcome)));
  const applied = outcomes.filter(({ kind }) => kind === 'applied').length;
  const seen = { seed, mood, typed, drafts, outcomes, standing, reading, wanted, stillCopied, lastLine };
  return {
    applied,
    offered: outcomes.length - applied,
    lostCharacters: wanted.typed.length - inOrder(wanted.typed, digits),
    idleMs: tookMs.idle,
    typingMs: tookMs.typing,
    ...(!holds && { broken: JSON.stringify(seen) }),
  };
}

/** An application that is too busy to be written to safely is left alone, and that is said. */
const isBusy = (outcome: Outcome): boolean => outcome.kind === 'offered' && outcome.reason === 'busy';

/** The application stands still for up to two seconds, from a moment at which drafts or better texts come. */
async function halt({ stop, goOn }: Subject, random: () => number): Promise<void> {
  await pause(1_500 * random());
  stop();
  await pause(200 + 1_800 * random());
  goOn();
}

async function act(
  { user, elsewhere, activate, clickBehind, toStart = [Key.home, Key.control] }: Subject,
  mood: Mood,
  { typed, everyMs }: { typed: string; everyMs: () => number },
): Promise<void> {
  await pause(everyMs() / 2);
  if (mood === 'switch') await elsewhere.activate();
  if (mood === 'click') await clickBehind();
  if (mood === 'before') await user.key(...toStart);
  if (mood === 'inside') for (let count = 0; count < 5; count += 1) await user.key(Key.left);
  await user.type(typed, everyMs);
  if (mood === 'select') for (let count = 0; count < 3; count += 1) await user.key(Key.left, Key.shift);
  if (mood === 'delete') for (let count = 0; count < 2; count += 1) await user.key(Key.backspace);
  if (mood === 'switch') {
    await user.key(Key.enter);
    // On a busy machine keys are on their way for a while: whoever looks at the line sees when it is entered.
    for (const untilMs = performance.now() + ENTERED_MS; elsewhere.lastLine() !== typed && performance.now() < untilMs;)
      await pause(LOOK_EVERY_MS);
    await activate();
  }
}
