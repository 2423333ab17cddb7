// How a burst gets to a window: its text over the clipboard or typed, all its keys in one write.

import { setTimeout as pause } from 'node:timers/promises';
import { selectedIn } from '@voiceinput/desktop';
import type { Display, Step as Keystroke } from '@voiceinput/desktop';
import type { Watch } from '../watch/watch.ts';
import { isRepair, pressesOf, returningKeys, selectingKeys, typingKeys } from '@voiceinput/field';
import type { Burst, Planned } from '@voiceinput/field';

type Way = 'paste' | 'type';

export interface Sending {
  readonly display: Display;
  readonly watch: Watch;
  readonly windowId: number;
  readonly way: 'auto' | Way;
  /** Whether what is written is counted, so that it can be mended later. */
  readonly isCounted: boolean;
  /** Whether what goes is selected first and compared with what the application then says is selected. */
  readonly isChecked: boolean;
  readonly signal: AbortSignal;
  /** Whether the user is typing a word, which new text would fall into: asked just before the keys go out. */
  isInWord(): boolean;
  /** What to do now: asked again just before the keys go out, for the user types on. */
  plan(): Planned;
}

/**
 * `sent` holds what was done. `unknown`: the keys are out, and nobody knows what became of them. Else nothing was done;
 * `in-word`: as it would have been new text in a word of the user's.
 */
export type Sent =
  | { readonly kind: 'sent'; readonly burst: Burst }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'in-word' }
  | { readonly kind: 'touched' };

/** The text stays in the clipboard so long at least: an application that is busy with our keys asks late. */
const HOLD_MS = 100;
const HOLD_MS_PER_KEY = 6;

const PASTE: Keystroke = { key: 'Insert', shift: true };

/** UTF-16 units. Applications take a millisecond or two for each. */
const MOST_TYPED = 500;

/** Nothing goes out when, at the last moment, the window, the text or the keys held are not what they should be. */
export async function send(sending: Sending): Promise<Sent> {
  const first = sending.plan();
  if (first.kind !== 'burst') return notSent(first);
  const { display, isChecked } = sending;
  const sendAll = (): Promise<Sent> => sendPlanned(sending, first.burst);
  return isChecked && isRepair(first.burst) ? display.clipboard.keepingSelection(sendAll) : sendAll();
}

async function sendPlanned(sending: Sending, { text, ...burst }: Burst): Promise<Sent> {
  const { display, isChecked } = sending;
  const way = text === '' ? 'type' : await wayFor(sending, text, isRepair(burst) && !isChecked);
  if (way === undefined) return { kind: 'not-sent', reason: 'not-typable' };
  if (way === 'type') return sendKeys(sending, text, way);
  const sent: Sent[] = [];
  const loan = {
    text,
    windowId: sending.windowId,
    async paste() {
      const result = await sendKeys(sending, text, way);
      sent.push(result);
      if (result.kind !== 'sent') return false;
      await pause(HOLD_MS + HOLD_MS_PER_KEY * pressesOf(keysOf(result.burst, way)));
      return true;
    },
  };
  const lent = await display.clipboard.lend(loan, sending.signal);
  if (lent === 'unreadable') return withoutClipboard(sending, text);
  if (lent === 'busy') return { kind: 'not-sent', reason: 'not-answering' };
  const [result] = sent;
  if (result === undefined) return { kind: 'not-sent', reason: 'paste-not-taken' };
  if (result.kind === 'sent' && isChecked && isRepair(burst)) await press(sending, returningKeys(result.burst));
  if (result.kind !== 'sent' || lent === 'taken' || lent === 'unseen') return result;
  return { kind: 'unknown', reason: lent === 'open' ? 'not-answering' : 'paste-not-taken' };
}

/**
 * Selects what goes, and puts the new text over it only when the application says that this is what is selected. What
 * leads back to the caret is announced, too: a key of the user's that comes between ends what is known.
 */
async function sendChecked(sending: Sending, burst: Burst, way: Way): Promise<Sent> {
  const { watch } = sending;
  const selecting = selectingKeys(burst);
  const over: readonly Keystroke[] = burst.text === '' ? [{ key: 'BackSpace' }] : [textBy(way, burst.text)];
  const leaving: readonly Keystroke[] = [{ key: 'Right' }, ...returningKeys(burst)];
  const { lastKeyAtMs } = watch;
  watch.expectOwn(pressesOf(selecting) + pressesOf(leaving));
  await press(sending, selecting);
  if ((await selectedIn(sending.display.clipboard, { wanted: burst.removed, ...SELECTED_IN })) !== burst.removed) {
    await press(sending, leaving);
    return { kind: 'not-sent', reason: 'text-changed' };
  }
  // Whatever the user typed now stands in its place.
  if (watch.lastKeyAtMs !== lastKeyAtMs) return { kind: 'unknown', reason: 'typed-between' };
  watch.expectOwn(pressesOf(over) - 1);
  await press(sending, over);
  if (way === 'type') await press(sending, returningKeys(burst));
  return { kind: 'sent', burst };
}

const textBy = (way: Way, text: string): Keystroke => (way === 'paste' ? PASTE : { text });

/** Applications tell what is selected a little after they were asked to select it. */
const SELECTED_IN = { stillMs: 1_000, nothingMs: 1_000, silentMs: 1_000 };

/** Sends keys that the watch was told to expect. */
async function press({ display, watch, signal }: Sending, keys: readonly Keystroke[]): Promise<void> {
  try {
    await display.keyboard.send(keys, signal);
  } catch (error) {
    watch.expectNoMore();
    throw error;
  }
}

/** What was copied would be lost: it stays, and the text is typed unless the user chose otherwise. */
async function withoutClipboard(sending: Sending, text: string): Promise<Sent> {
  if (sending.way === 'auto' && (await isTypable(sending, text))) return sendKeys(sending, text, 'type');
  return { kind: 'not-sent', reason: 'clipboard-unreadable' };
}

/**
 * What is mended, now or later, is typed where the keyboard has or can be lent all characters: one queue keeps
 * everything in order, while a paste comes when the application gets to it, if it does. What nobody counts is pasted.
 */
async function wayFor(sending: Sending, text: string, repairs: boolean): Promise<Way | undefined> {
  const { way, isCounted } = sending;
  const isLong = text.length > MOST_TYPED;
  if (way === 'paste' || (way === 'auto' && !repairs && (!isCounted || isLong))) return 'paste';
  if ((await isTypable(sending, text)) || (way === 'type' && !repairs)) return 'type';
  return way === 'type' ? undefined : 'paste';
}

/** Whether the keyboard has, or was lent, all its characters. A line break is a key that does something. */
async function isTypable({ display, signal }: Sending, text: string): Promise<boolean> {
  if (text.includes('\n')) return false;
  await display.keyboard.prepare(text, signal);
  return Array.from(text).every((one) => display.keyboard.keymap.strokeFor(one));
}

async function sendKeys(sending: Sending, text: string, way: Way): Promise<Sent> {
  const { display, watch, signal, windowId } = sending;
  const before = sending.plan();
  // A paste with another modifier is a shortcut. While the user types, a modifier is the user's.
  if (before.kind === 'burst' && !isRepair(before.burst) && watch.isModifierHeld) {
    await display.keyboard.releaseModifiers();
  }
  const repairs = before.kind === 'burst' && isRepair(before.burst);
  // A busy display takes long for many keys: in a pause hardly ever one of the user's comes between.
  if (repairs) await watch.untilPause(signal);
  if ((await display.activeWindow())?.windowId !== windowId) return { kind: 'not-sent', reason: 'focus-changed' };
  if (repairs && !watch.isPausing) return { kind: 'not-sent', reason: 'busy' };
  const planned = sending.plan();
  if (planned.kind !== 'burst') return notSent(planned);
  if (planned.burst.text !== text) return { kind: 'not-sent', reason: 'changed-meanwhile' };
  if (sending.isChecked && repairs) return sendChecked(sending, planned.burst, way);
  // To lend the clipboard takes a while, in which a word may have been begun.
  if (!repairs && sending.isInWord()) return { kind: 'in-word' };
  const keys = keysOf(planned.burst, way);
  watch.expectOwn(pressesOf(keys));
  await press(sending, keys);
  return { kind: 'sent', burst: planned.burst };
}

function keysOf(burst: Burst, way: Way): readonly Keystroke[] {
  if (way === 'type') return typingKeys(burst);
  return [...selectingKeys(burst), ...(burst.text === '' ? [] : [PASTE]), ...returningKeys(burst)];
}

const notSent = (planned: Exclude<Planned, { kind: 'burst' }>): Sent =>
  planned.kind === 'touched' ? planned : { kind: 'not-sent', reason: planned.reason };
