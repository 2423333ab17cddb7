// By which way a change gets into its target, and what is answered when none is safe.

import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@voiceinput/plugin-api';
import { change } from './accessibility/write.ts';
import type { Field } from './accessibility/field.ts';
import type { TypedTimes } from './accessibility/typed.ts';
import { endOf, plan } from '@voiceinput/field';
import type { FieldOutcome, FieldWrite, Line } from '@voiceinput/field';
import { send } from './burst/send.ts';
import type { Sent } from './burst/send.ts';
import { throughInputMethod } from './input-method/write.ts';
import type { Display } from '@voiceinput/desktop';
import { throughSeat } from './seat/write.ts';
import type { Watch } from './watch/watch.ts';
import type { Reached } from './input-method/shared-input.ts';
import type { Desk, X11Parts } from './pin/desk.ts';
import { isInSameField, isStillThere, placeIn } from './pin/target.ts';
import type { Target } from './pin/target.ts';

const offered = (reason: string): Outcome => ({ kind: 'offered', reason });
const TOUCHED: Outcome = { kind: 'refused', reason: 'user-edited' };
const VERIFIED: Outcome = { kind: 'applied', proof: 'verified' };
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };

/** Rejects with `ERR_DESKTOP` when the target's field is gone. */
export async function put(desk: Desk, target: Target, wish: FieldWrite): Promise<FieldOutcome> {
  const isNew = isNewText(wish);
  const mayMend = target.tier !== 'offered' || isAsked(wish);
  if (!isNew && !mayMend) return offered('not-readable');
  if (target.field !== undefined && !target.field.isUnwritable) {
    const outcome = await throughAccessibility(desk, target, { ...wish, field: target.field });
    if (outcome !== undefined) return outcome;
  }
  const { reached, x11 } = target;
  if (x11 === undefined) return withSeat(desk, target, wish);
  if (reached !== undefined && !isLeft(x11, target, wish))
    return withInputMethod({ ...desk, x11 }, target, { ...wish, way: reached.way });
  if (target.settings.insert === 'accessibility') return offered('not-writable');
  if (!isNew && target.tier !== 'watched' && !isAsked(wish)) return offered('not-readable');
  return withKeys({ ...desk, x11 }, target, wish);
}

/** Whoever asks for it when the dictation is over needs the seat once more. */
async function withSeat(desk: Desk, target: Target, wish: FieldWrite): Promise<FieldOutcome> {
  const { activation, tier, window } = target;
  const isMended = tier === 'input-method';
  const isSameWindow = async (): Promise<boolean> => {
    const now = (await desk.focused())?.window;
    return now?.windowId === window.windowId && now.pid === window.pid;
  };
  if (isAsked(wish)) desk.seat?.enter(ASKED);
  try {
    return await throughSeat(desk.seat, { activation, isMended, isSameWindow }, wish);
  } finally {
    if (isAsked(wish)) desk.seat?.leave(ASKED);
  }
}

const ASKED = 'asked';

/** What is asked for when the keyboard was given back goes by keys, which are checked. */
const isLeft = ({ inputMethod }: X11Parts, { window }: Target, wish: FieldWrite): boolean =>
  isAsked(wish) && inputMethod.stretchIn(window.windowId) === undefined;

/** Whether nothing that stands already changes. */
const isNewText = ({ rewrites }: FieldWrite): boolean =>
  rewrites.every(({ before, changes }) => before === '' || changes.length === 0);

/** Whether the user waits for it: then keys may go where they go by themselves only in the tier `watched`. */
const isAsked = ({ asked, cause }: FieldWrite): boolean => asked === true || cause === 'undo' || cause === 'cancel';

interface DeskOnX11 extends Desk {
  readonly x11: X11Parts;
}

/** Absent when the field takes nothing, so that another way may be tried. */
async function throughAccessibility(
  desk: Desk,
  { window, selection, x11 }: Target,
  { field, signal, ...wish }: FieldWrite & { readonly field: Field },
): Promise<Outcome | undefined> {
  const isActive = await isActiveNow(desk, window);
  // Where no keys are heard, the field tells what they did.
  const keys: TypedTimes = x11?.watch ?? field.typed;
  // Keys that go to another window say nothing about this one.
  const lastKeyAtMs = (): number => (isActive ? keys.lastKeyAtMs : Number.NEGATIVE_INFINITY);
  const isInWord = (): boolean => isActive && !isAfterWord(keys);
  const place = () => placeIn(field, wish.sessionId, isInWord);
  const outcome = await change(field, wish, { lastKeyAtMs, signal, place, ...(selection && { selection }) });
  if (outcome === 'unwritable') {
    field.isUnwritable = true;
    return undefined;
  }
  if (outcome === 'done') return field.traits.isPassword ? UNVERIFIED : VERIFIED;
  if (outcome === 'touched') return TOUCHED;
  return offered(
    { different: 'text-changed', busy: 'busy', unproven: 'not-verified', unanswered: 'not-answering' }[outcome],
  );
}

/** Whoever has not pressed a key for so long is not in the middle of a word. */
const PAUSE_MS = 300;
/** Whoever never pauses is not waited for longer. */
const MOST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 5;

const waitEnd = (): number => performance.now() + MOST_WAIT_MS;

/** Waits until the user is not in the middle of a word: behind a space, or after a pause. False when that does not come. */
async function isBetweenWords(watch: Watch, signal: AbortSignal, untilMs = waitEnd()): Promise<boolean> {
  while (!isAfterWord(watch) && performance.now() < untilMs) await pause(LOOK_EVERY_MS, undefined, { signal });
  return isAfterWord(watch);
}

const isResting = (watch: Watch): boolean => !watch.isModifierHeld && performance.now() - watch.lastKeyAtMs >= PAUSE_MS;

/** A key that does nothing is as good as one of the user's for those who want to have had one. */
const tapShift = ({ keyboard }: Display, signal: AbortSignal): Promise<void> =>
  keyboard.send([{ key: 'Shift_L' }], signal);

const isAfterWord = ({ lastSpaceAtMs, lastKeyAtMs }: TypedTimes): boolean =>
  lastSpaceAtMs >= lastKeyAtMs || performance.now() - lastKeyAtMs >= PAUSE_MS;

const isActiveNow = async (desk: Desk, { windowId }: Target['window']): Promise<boolean> =>
  (await desk.focused())?.window.windowId === windowId;

/** A key comes to the input method within this time, or its window is too busy to be written to. */
const SHIFT_MS = 150;

/** New text goes between two words of the user's; none goes to another window or field. */
async function withInputMethod(
  desk: DeskOnX11,
  target: Target,
  { way, ...wish }: FieldWrite & { readonly way: Reached['way'] },
): Promise<FieldOutcome> {
  const { display, watch, inputMethod: keyboard } = desk.x11;
  const { windowId } = target.window;
  const { moves } = watch;
  const isNew = isNewText(wish);
  const hindrance = async (): Promise<string | undefined> => {
    if ((await display.activeWindow())?.windowId !== windowId) return 'focus-changed';
    if (isNew && !(await isBetweenWords(watch, wish.signal))) return 'busy';
    if (watch.moves !== moves) return 'clicked';
    return isNew && !(await isInSameField(desk, target, wish.signal)) ? 'focus-changed' : undefined;
  };
  const writing = { keyboard, windowId, way, hindrance, isInWord: () => !isAfterWord(watch) };
  let outcome = await throughInputMethod(writing, wish);
  if (outcome.kind === 'offered' && outcome.reason === 'keys-not-seen') {
    await tapShift(display, wish.signal);
    await pause(SHIFT_MS);
    outcome = await throughInputMethod(writing, wish);
  }
  if (outcome.kind === 'applied') {
    // For an undo, when the keyboard was given back.
    const line = isNew ? lineBehind(watch, windowId, wish) : watch.lineIn(windowId);
    const seen = plan(line, { ...wish, isWhole: true });
    if (seen.kind === 'burst') line.write(seen.burst.steps);
    else line.cut('not-known');
    // So that no better text has to wait for it.
    if (isNew && way === 'selected' && isResting(watch)) await tapShift(display, wish.signal);
  }
  return outcome;
}

/** Pasted or typed where the caret is, or a burst of keys that goes back to the place and returns. */
async function withKeys(desk: DeskOnX11, target: Target, wish: FieldWrite): Promise<FieldOutcome> {
  for (const untilMs = waitEnd(); performance.now() < untilMs;) {
    const outcome = await tryKeys(desk, target, { ...wish, untilMs });
    if (outcome !== 'in-word') return outcome;
  }
  return offered('busy');
}

/** `in-word`: nothing was done, for the user began a word. */
async function tryKeys(
  desk: DeskOnX11,
  target: Target,
  { untilMs, ...wish }: FieldWrite & { readonly untilMs: number },
): Promise<FieldOutcome | 'in-word'> {
  const { display, watch } = desk.x11;
  const { window, settings, tier } = target;
  const { windowId } = window;
  const isNew = isNewText(wish);
  if ((await display.activeWindow())?.windowId !== windowId) return offered('focus-changed');
  if (isNew && !(await isBetweenWords(watch, wish.signal, untilMs))) return offered('busy');
  if (!(await isStillThere(desk, target, wish.signal))) return offered('focus-changed');
  if (!isNew && watch.knownLine(windowId) === undefined) return offered(watch.lineEndedBy ?? 'not-watched');
  const isWatched = tier === 'watched';
  if (!isNew && !isWatched && !target.selectsWithShift) return offered('not-readable');
  const line = isWatched || !isNew ? watch.lineIn(windowId) : lineBehind(watch, windowId, wish);
  const sent = await send({
    display,
    watch,
    windowId,
    isCounted: isWatched,
    isChecked: !isWatched,
    signal: wish.signal,
    way: settings.insert === 'type' || settings.insert === 'paste' ? settings.insert : 'auto',
    isInWord: () => isNew && !isAfterWord(watch),
    plan: () => plan(line, { ...wish, isWhole: !isWatched }),
  });
  return sent.kind === 'in-word' ? 'in-word' : outcomeOf(sent, { watch, line, isNew });
}

async function outcomeOf(
  sent: Exclude<Sent, { kind: 'in-word' }>,
  { watch, line, isNew }: { readonly watch: Watch; readonly line: Line; readonly isNew: boolean },
): Promise<FieldOutcome> {
  if (sent.kind === 'touched') return TOUCHED;
  if (sent.kind === 'not-sent') return offered(sent.reason);
  if (sent.kind === 'unknown') {
    await watch.untilOwnSeen();
    line.cut(sent.reason);
    return { ...offered(sent.reason), isUnknown: true };
  }
  line.write(sent.burst.steps);
  // Keys that are out cannot be called off: what stands is answered, whoever waits for it.
  await watch.untilOwnSeen();
  // A key of the user's landed between ours: what stands there now is not known.
  return !isNew && line.endedBy === 'typed-between' ? offered(line.endedBy) : UNVERIFIED;
}

/** What is known before the caret, as long as all that was said stands right there: new text never goes elsewhere. */
function lineBehind(watch: Watch, windowId: number, { sessionId }: FieldWrite): Line {
  const known = watch.knownLine(windowId);
  const last = known?.spans.findLast((span) => span.sessionId === sessionId);
  const isBehind = last === undefined || (!last.touched && endOf(last) === known?.end);
  return known !== undefined && isBehind ? known : watch.newLine(windowId);
}
