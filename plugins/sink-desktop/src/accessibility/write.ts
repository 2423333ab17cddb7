// How a dictation's change gets into a field that can be read: looked at before, written in one go, and read back.

import { setTimeout as pause } from 'node:timers/promises';
import { finish, isSame, place, refound } from '@voiceinput/field';
import type { Move, Rewrite, Span, Step } from '@voiceinput/field';
import { correctCaret, followCaret, isCaretPut, keepCaret, learnCaret } from './caret.ts';
import type { CaretSight } from './caret.ts';
import { PATIENCE_MS } from './field.ts';
import type { Field } from './field.ts';
import type { ReplacedSelection } from '../pin/selection.ts';

export interface FieldChange {
  readonly sessionId: string;
  readonly segmentId: string;
  readonly rewrites: readonly Rewrite[];
}

/**
 * `done`: read back. `touched`: the user edited the segment. `different`: the field does not hold what was put there.
 * `busy`: the user types, and the application shows it too late. `unwritable`: the field took nothing. `unproven`: it took something else, which
 * stays as it is. `unanswered`: it was asked and does not answer, so what stands there is not known yet.
 */
export type Written = 'done' | 'touched' | 'different' | 'busy' | 'unwritable' | 'unproven' | 'unanswered';

/** No key and no change for so long: the user is between two keys. */
const QUIET_MS = 6;
/** So long after a key the next one is hardly there yet. */
const FRESH_MS = 30;
/** Whoever has not pressed a key for so long is not typing. */
const TYPING_MS = 400;
/** A busy application shows a key late. A key that nothing was told of for so long changed nothing. */
const TOLD_WITHIN_MS = 100;
const LOOK_EVERY_MS = 2;
/** An application that shows keys so late all the time is left alone. */
const MOST_WAIT_MS = 1_200;
/** So long a change waits for a gap that met a key of the user's, or comes into a word that is being typed. */
const MOST_MEND_MS = 3_000;
/** UTF-16 units. Shorter texts are met by chance. */
const SHORTEST = 4;
const MOST_READS = 5;

/** What was seen of a field at one moment. */
interface Sight extends CaretSight {
  /** Whether each span that would change holds what was put there. */
  readonly isAsLeft: boolean;
}

export interface ChangeContext {
  lastKeyAtMs(): number;
  readonly signal: AbortSignal;
  /** Where text goes that has nothing of the dictation beside it. Absent, or gives nothing: to the caret. */
  place?(): Promise<{ readonly at: number; readonly isTyping: boolean } | undefined>;
  /** What was selected when the dictation began. Absent: nothing. */
  readonly selection?: ReplacedSelection;
}

/**
 * Brings a dictation's change into `field`. `lastKeyAtMs` is the host time of the user's last key.
 *
 * Rejects with `ERR_DESKTOP` when the field is gone.
 */
export async function change(field: Field, wanted: FieldChange, waiting: ChangeContext): Promise<Written> {
  if (!(await keepsUp(field, waiting.lastKeyAtMs))) return 'unanswered';
  const begunAtMs = performance.now();
  const isNew = spansToChange(field.ledger.spans, wanted).length === 0;
  const isFirst = !field.ledger.spans.some((span) => span.sessionId === wanted.sessionId);
  let searched = false;
  let isInWord = false;
  for (;;) {
    const untilMs = begunAtMs + (isInWord ? MOST_MEND_MS : MOST_WAIT_MS);
    const gap = {
      lastKeyAtMs: waiting.lastKeyAtMs,
      isNew: isNew && !(isInWord && performance.now() < untilMs),
      untilMs,
    };
    await untilGap(field, gap);
    waiting.signal.throwIfAborted();
    const { version } = field.ledger;
    const selected = isNew && isFirst ? await waiting.selection?.place() : undefined;
    const pinned = selected ? { at: selected.start, isTyping: false } : isNew ? await waiting.place?.() : undefined;
    const sight = await look(field, spansToChange(field.ledger.spans, wanted));
    const moved = version !== field.ledger.version;
    // The caret has to be put back before the word goes on: that takes the gap between two keys.
    const wasInWord = isInWord;
    isInWord = pinned?.isTyping === true;
    if (isInWord && !wasInWord && performance.now() < untilMs) continue;
    const isLate = moved || !isGap(field, gap);
    if (isLate && performance.now() < untilMs) continue;
    // Keys that changed nothing here in all that time went elsewhere.
    if (!isNew && isLate && !moved && field.changedAtMs >= begunAtMs) return 'busy';
    // New text takes nothing away: it only has to know where the caret is.
    if (isNew && moved && performance.now() < untilMs + MOST_WAIT_MS) continue;
    if (moved || !sight.isAsLeft) {
      if (searched) return 'different';
      searched = true;
      await refind(field);
      continue;
    }
    const { spans, unit } = field.ledger;
    const placed = place({ ...wanted, spans, caret: sight.caret, ...(pinned && { pinned: pinned.at }), unit });
    if (placed.kind === 'lost') return 'different';
    if (placed.kind === 'touched') return !searched && (await isAnythingLeft(field, wanted)) ? 'touched' : 'different';
    if (placed.steps.length === 0) return 'done';
    // The word that is being typed goes on before the text.
    const staysBefore = pinned?.isTyping === true && pinned.at === sight.caret;
    const { selection = NO_SELECTION, lastKeyAtMs } = waiting;
    const steps = selection.with(placed.steps, { ...wanted, spans, start: selected?.start });
    const seen = { ...sight, staysBefore, ...(selected && { selection: undefined }) };
    const written = await write(field, steps, { sight: seen, lastKeyAtMs });
    if (written === 'done') selection.did(steps);
    return written;
  }
}

const NO_SELECTION: Pick<ReplacedSelection, 'with' | 'did'> = { with: (steps) => steps, did: () => undefined };

/** Whether anything of the segment still stands: else it was not edited, the field holds something else now. */
async function isAnythingLeft(field: Field, { segmentId, rewrites }: FieldChange): Promise<boolean> {
  const { before = '' } = rewrites.find((rewrite) => rewrite.segmentId === segmentId) ?? {};
  const text = await field.text(0, -1);
  const places = Array.from({ length: Math.max(0, before.length - SHORTEST + 1) }, (_, place) => place);
  return places.length === 0 || places.some((place) => text.includes(before.slice(place, place + SHORTEST)));
}

interface Gap {
  lastKeyAtMs(): number;
  /** Whether nothing that stands already changes: then nothing can be missed. */
  readonly isNew: boolean;
  readonly untilMs: number;
}

async function untilGap(field: Field, gap: Gap): Promise<void> {
  while (!isGap(field, gap) && performance.now() < gap.untilMs) await pause(LOOK_EVERY_MS);
}

/** Whether the next key is far: the field has just told what the last one did, or the user does not type. */
function isGap(field: Field, { lastKeyAtMs, isNew }: Gap): boolean {
  const nowMs = performance.now();
  const keyAtMs = lastKeyAtMs();
  const quietMs = nowMs - Math.max(keyAtMs, field.changedAtMs);
  if (quietMs < QUIET_MS) return false;
  if (isNew || nowMs - keyAtMs >= TYPING_MS) return true;
  const isTold = field.changedAtMs >= keyAtMs || nowMs - keyAtMs >= TOLD_WITHIN_MS;
  return isTold && quietMs <= FRESH_MS;
}

function spansToChange(spans: readonly Span[], { sessionId, rewrites }: FieldChange): readonly Span[] {
  const changing = rewrites.filter(({ changes }) => changes.length > 0);
  return spans.filter(
    (span) => !span.touched && changing.some(({ segmentId }) => isSame(span, { sessionId, segmentId })),
  );
}

async function look(field: Field, spans: readonly Span[]): Promise<Sight> {
  const { version } = field.ledger;
  const [caret, length, selection, ...texts] = await Promise.all([
    field.caret(),
    field.length(),
    field.keepsCaret === true ? undefined : field.selection(),
    ...spans.map((span) => field.text(span.start, span.start + span.length)),
  ]);
  return { caret, length, selection, version, isAsLeft: spans.every(({ text }, index) => texts[index] === text) };
}

/** Something happened that the field did not tell. Our texts are looked for in the whole of it. */
async function refind(field: Field): Promise<void> {
  const { ledger } = field;
  const { version } = ledger;
  const text = await field.text(0, -1);
  if (ledger.version === version) ledger.reset(refound(ledger.spans, text, ledger.unit));
}

/**
 * Whether the application answers, however long it takes within reason. An earlier writing that was not answered in time
 * is finished then, and all is known again.
 */
async function keepsUp(field: Field, lastKeyAtMs: () => number): Promise<boolean> {
  const askedAtMs = performance.now();
  try {
    await field.keptUp();
    if (field.ledger.isWriting) await finish(field.ledger, (moves) => send(field, moves, { lastKeyAtMs }));
    return true;
  } catch (error) {
    if (field.ledger.sent.length > 0 || performance.now() - askedAtMs >= PATIENCE_MS) return false;
    throw error;
  }
}

interface Sending {
  lastKeyAtMs(): number;
  /** What was seen before. Absent: nothing, so the caret is left alone. */
  readonly sight?: Sight;
}

async function write(
  field: Field,
  steps: readonly Step[],
  { sight, lastKeyAtMs }: { sight: Sight; lastKeyAtMs: () => number },
): Promise<Written> {
  const { ledger } = field;
  const before = ledger.spans;
  const owners = before.filter((span) => isWritten(span, steps));
  followCaret(ledger, sight);
  ledger.begin(steps);
  let isTaken = true;
  try {
    const how = await finish(ledger, async (moves, round) => {
      // In the first round it was just looked for a gap.
      if (round > 0) await untilGap(field, { lastKeyAtMs, isNew: false, untilMs: performance.now() + MOST_MEND_MS });
      return (isTaken = await send(field, moves, { lastKeyAtMs, ...(round === 0 && { sight }) }));
    });
    await correctCaret(field, sight);
    // It shows something else than it holds.
    if (field.traits.isPassword) return isTaken ? 'done' : 'unwritable';
    if (how === 'undone' && isTaken) return 'touched';
    const changed = ledger.spans.filter((span) => isWritten(span, steps));
    if (how === 'done' && (await areNowThere(field, changed))) return 'done';
  } catch (error) {
    if (ledger.sent.length > 0) return 'unanswered';
    throw error;
  }
  const isUnchanged = (await field.length()) === sight.length && (await stands(field, owners));
  ledger.reset(isUnchanged ? before : ledger.spans.map((span) => touchedBy(span, steps)));
  return isUnchanged ? 'unwritable' : 'unproven';
}

const isWritten = (span: Span, steps: readonly Step[]): boolean => steps.some(({ owner }) => isSame(owner, span));

const touchedBy = (span: Span, steps: readonly Step[]): Span =>
  isWritten(span, steps) ? { ...span, touched: true } : span;

/**
 * Not awaited one by one: all of it waits in one queue, so that hardly ever a key of the user's comes between. Gives
 * whether the field says that it did all of it.
 */
async function send(field: Field, moves: readonly Move[], { sight }: Sending): Promise<boolean> {
  const { keepsCaret } = field;
  const [done, caret] = await field.together(() => {
    const writing = moves.map((move) => field.write(move));
    const looking = sight !== undefined && keepsCaret === undefined ? field.caret() : undefined;
    const keeping = sight !== undefined && isCaretPut(field, sight) ? keepCaret(field, moves, sight) : undefined;
    return Promise.all([Promise.all(writing), looking, keeping]);
  });
  if (sight !== undefined && caret !== undefined) await learnCaret(field, moves, { sight, caret });
  return done.every(Boolean);
}

/** The user may have typed before our text between writing and reading: it is looked for where it is now. */
async function areNowThere(field: Field, wanted: readonly Span[]): Promise<boolean> {
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const { version } = field.ledger;
    // What the user typed into since is theirs, and stands as it was written.
    const now = wanted.flatMap((span) => field.ledger.spans.find((other) => isSame(other, span)) ?? []);
    if (
      await stands(
        field,
        now.filter(({ touched }) => !touched),
      )
    )
      return true;
    if (version === field.ledger.version) return false;
  }
  return false;
}

async function stands(field: Field, spans: readonly Span[]): Promise<boolean> {
  const read = await Promise.all(spans.map(({ start, length }) => field.text(start, start + length)));
  return spans.every(({ text, touched }, index) => !touched && read[index] === text);
}
