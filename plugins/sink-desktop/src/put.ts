// By which way a change gets into its target, and what is answered when none is safe.

import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@voiceinput/plugin-api';
import { change } from './accessibility/write.ts';
import type { Field } from './accessibility/field.ts';
import { plan } from '@voiceinput/field';
import type { FieldOutcome, FieldWrite } from '@voiceinput/field';
import { send } from './burst/send.ts';
import type { Watch } from './watch/watch.ts';
import { isStillThere, placeIn } from './pin/target.ts';
import type { Desk, Target } from './pin/target.ts';

const offered = (reason: string): Outcome => ({ kind: 'offered', reason });
const TOUCHED: Outcome = { kind: 'refused', reason: 'user-edited' };
const VERIFIED: Outcome = { kind: 'applied', proof: 'verified' };
const UNVERIFIED: Outcome = { kind: 'applied', proof: 'unverified' };

/** Rejects with `ERR_DESKTOP` when the target's field is gone. */
export async function put(desk: Desk, target: Target, wish: FieldWrite): Promise<FieldOutcome> {
  const isNew = isNewText(wish);
  if (!isNew && target.tier === 'offered') return offered('not-readable');
  if (target.field !== undefined && !target.field.isUnwritable) {
    const outcome = await throughAccessibility(desk, target, { ...wish, field: target.field });
    if (outcome !== undefined) return outcome;
  }
  if (target.settings.insert === 'accessibility') return offered('not-writable');
  if (!isNew && target.tier !== 'watched') return offered('not-readable');
  return withKeys(desk, target, wish);
}

/** Whether nothing that stands already changes. */
const isNewText = ({ rewrites }: FieldWrite): boolean =>
  rewrites.every(({ before, changes }) => before === '' || changes.length === 0);

/** Absent when the field takes nothing, so that another way may be tried. */
async function throughAccessibility(
  { watch, display }: Desk,
  { window }: Target,
  { field, signal, ...wish }: FieldWrite & { readonly field: Field },
): Promise<Outcome | undefined> {
  const isActive = (await display.activeWindow())?.windowId === window.windowId;
  // Keys that go to another window say nothing about this one.
  const lastKeyAtMs = (): number => (isActive ? watch.lastKeyAtMs : Number.NEGATIVE_INFINITY);
  const place = () => placeIn(field, wish.sessionId);
  const outcome = await change(field, wish, { lastKeyAtMs, signal, place });
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

/** Waits until the user is not in the middle of a word: behind a space, or after a pause. False when that does not come. */
async function isBetweenWords(watch: Watch, signal: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + MOST_WAIT_MS;
  const isBetween = (): boolean =>
    watch.lastSpaceAtMs >= watch.lastKeyAtMs || performance.now() - watch.lastKeyAtMs >= PAUSE_MS;
  while (!isBetween() && performance.now() < untilMs) await pause(LOOK_EVERY_MS, undefined, { signal });
  return isBetween();
}

/** Pasted or typed where the caret is, or a burst of keys that goes back to the place and returns. */
async function withKeys(desk: Desk, target: Target, wish: FieldWrite): Promise<FieldOutcome> {
  const { display, watch } = desk;
  const { window, settings, tier } = target;
  const { windowId } = window;
  const isNew = isNewText(wish);
  if ((await display.activeWindow())?.windowId !== windowId) return offered('focus-changed');
  if (isNew && !(await isBetweenWords(watch, wish.signal))) return offered('busy');
  if (!(await isStillThere(desk, target, wish.signal))) return offered('focus-changed');
  if (!isNew && watch.knownLine(windowId) === undefined) return offered(watch.lineEndedBy ?? 'not-watched');
  const line = tier === 'watched' ? watch.lineIn(windowId) : watch.newLine(windowId);
  const sent = await send({
    display,
    watch,
    windowId,
    isCounted: tier === 'watched',
    signal: wish.signal,
    way: settings.insert === 'type' || settings.insert === 'paste' ? settings.insert : 'auto',
    plan: () => plan(line, wish),
  });
  if (sent.kind === 'touched') return TOUCHED;
  if (sent.kind === 'not-sent') return offered(sent.reason);
  if (sent.kind === 'unknown') {
    line.cut(sent.reason);
    return { ...offered(sent.reason), isUnknown: true };
  }
  line.write(sent.burst.steps);
  // Keys that are out cannot be called off: what stands is answered, whoever waits for it.
  await watch.untilOwnSeen();
  // A key of the user's landed between ours: what stands there now is not known.
  return !isNew && line.endedBy === 'typed-between' ? offered(line.endedBy) : UNVERIFIED;
}
