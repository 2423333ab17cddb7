// How text gets into a window as that of the seat's input method: at the caret, and in place of what stands there where the field tells that.

import { setTimeout as pause } from 'node:timers/promises';
import type { FieldOutcome, FieldWrite, Rewrite } from '@voiceinput/field';
import type { SeatField } from './seat-field.ts';
import type { SeatInput } from './seat-input.ts';

export interface SeatPlace {
  /** The field that had the focus when the dictation began. */
  readonly activation: number | undefined;
  /** Whether what stands there may be replaced. */
  readonly isMended: boolean;
  /** Whether the window has the focus that had it then. */
  isSameWindow(): Promise<boolean>;
}

/** Whoever has not typed for so long is not in the middle of a word. */
const PAUSE_MS = 300;
/** Whoever never pauses is not waited for longer. */
const MOST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 10;
const IN_WORD = /[\p{L}\p{M}\p{N}'’_-]$/u;
/** Right after a key was told, the next one is far. */
const AFTER_KEY_MS = [2, 25] as const;
/** Nobody types who has not for so long. */
const RESTING_MS = 400;
const LOOK_FOR_GAP_MS = 2;

const offered = (reason: string): FieldOutcome => ({ kind: 'offered', reason });
const UNVERIFIED: FieldOutcome = { kind: 'applied', proof: 'unverified' };

/** Applied as `verified` only where the field told afterwards what stands there; offered where that is not safe, or another field takes text. */
export async function throughSeat(
  seat: SeatInput | undefined,
  place: SeatPlace,
  wish: FieldWrite,
): Promise<FieldOutcome> {
  const { activation } = place;
  const isNew = wish.rewrites.every(({ before, changes }) => before === '' || changes.length === 0);
  if (seat === undefined || activation === undefined) return offered('not-reachable');
  if (!isNew && !place.isMended) return offered('not-readable');
  if (!seat.isThere(activation) && !((await place.isSameWindow()) && (await seat.isBack(activation))))
    return offered('focus-changed');
  if (isNew && !(await isBetweenWords(seat, activation, wish.signal))) return offered('busy');
  const field = place.isMended ? seat.field(activation) : undefined;
  if (field !== undefined) return throughField({ seat, activation, field, isNew }, wish);
  return isNew ? insertOnce(seat, activation, wish) : offered('not-readable');
}

/** What goes in is not followed. */
function insertOnce(seat: SeatInput, activation: number, { rewrites }: FieldWrite): FieldOutcome {
  return seat.insert(activation, textOf(rewrites)) ? UNVERIFIED : offered('focus-changed');
}

interface Writing {
  readonly seat: SeatInput;
  readonly activation: number;
  readonly field: SeatField;
  readonly isNew: boolean;
}

async function throughField({ seat, activation, field, isNew }: Writing, wish: FieldWrite): Promise<FieldOutcome> {
  const { signal } = wish;
  if (!(await isInGap({ seat, activation, field, isNew }, signal))) return offered('busy');
  const around = seat.around(activation);
  if (around === undefined) return offered('focus-changed');
  if (isNew && around.hasSelection) {
    field.stretch.end('caret-moved');
    return insertOnce(seat, activation, wish);
  }
  if (isNew && (field.stretch.endedBy !== undefined || !field.isAsLeft(around))) field.beginAnew(around);
  if (around.hasSelection) return offered('caret-moved');
  if (field.stretch.endedBy !== undefined) return offered(field.stretch.endedBy);
  const planned = field.stretch.plan(wish);
  if (planned.kind === 'touched') return { kind: 'refused', reason: 'user-edited' };
  if (planned.kind !== 'change') return offered('not-known');
  const replaced = await field.change(planned);
  if (replaced === 'done') return { kind: 'applied', proof: 'verified' };
  if (replaced === 'taken-back') return offered('caret-moved');
  if (replaced === 'unproven') return { ...offered('not-verified'), isUnknown: true };
  field.stretch.end('too-far');
  return isNew ? insertOnce(seat, activation, wish) : offered('too-far');
}

/** Waits for a moment in which no key is to be expected. False when that does not come. */
async function isInGap({ seat, activation, field, isNew }: Writing, signal: AbortSignal): Promise<boolean> {
  const [from, to] = AFTER_KEY_MS;
  for (const untilMs = performance.now() + MOST_WAIT_MS; performance.now() < untilMs;) {
    const { userAtMs } = field;
    const sinceMs = performance.now() - userAtMs;
    if (sinceMs >= from && sinceMs <= to) return true;
    if (sinceMs >= RESTING_MS) {
      // What goes in meets nothing of the user's; what takes the place of a draft may, in a program that stands still.
      const isAwake = isNew || (await seat.isAwake(activation));
      if (isAwake && field.userAtMs === userAtMs) return true;
    }
    await pause(LOOK_FOR_GAP_MS, undefined, { signal });
  }
  return false;
}

/** A space that already stands behind the dictation goes in behind the new text once more, and not before it. */
function textOf(rewrites: readonly Rewrite[]): string {
  const text = rewrites.flatMap(({ changes, after }) => (changes.length > 0 ? [after] : [])).join('');
  return rewrites.at(-1)?.before === ' ' ? `${text.replace(/^ /, '')} ` : text;
}

/** Whether the user is not typing a word there; a field that tells nothing is taken at its word. */
async function isBetweenWords(seat: SeatInput, activation: number, signal: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + MOST_WAIT_MS;
  do {
    const before = await seat.before(activation);
    signal.throwIfAborted();
    if (before === undefined || !IN_WORD.test(before) || performance.now() - seat.changedAtMs >= PAUSE_MS) return true;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  } while (performance.now() < untilMs);
  return false;
}
