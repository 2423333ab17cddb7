// How a dictation's change gets into a field that can be read: verified before, in one go, and read back.

import { setTimeout as pause } from 'node:timers/promises';
import { middleChange, caretAfter, place, refound, isSame, written } from '@voiceinput/desktop/own';
import type { Rewrite, Span, Step } from '@voiceinput/desktop/own';
import type { Field, Selection } from './field.ts';

export interface FieldChange {
  readonly sessionId: string;
  readonly segmentId: string;
  readonly rewrites: readonly Rewrite[];
}

/**
 * `done`: read back. `touched`: the user edited the segment. `different`: the field does not hold what was put there.
 * `busy`: the user types, and the application shows it too late. `unwritable`: the field took nothing. `unproven`: it took something else, which stays as it is.
 */
export type Written = 'done' | 'touched' | 'different' | 'busy' | 'unwritable' | 'unproven';

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
/** So long a change that met a key of the user's waits for moments to be mended. */
const MOST_MEND_MS = 3_000;
/** UTF-16 units. Shorter texts are met by chance. */
const SHORTEST = 4;
const MOST_READS = 5;
const MOST_TRIES = 4;

/** What was seen of a field at one moment. */
interface Sight {
  readonly caret: number;
  readonly selection: Selection | undefined;
  /** Whether each span that would change holds what was put there. */
  readonly isAsLeft: boolean;
  readonly version: number;
  /** Of the whole field. */
  readonly length: number;
}

/**
 * Brings a dictation's change into `field`. `lastKeyAtMs` is the host time of the user's last key.
 *
 * Rejects with `ERR_DESKTOP` when the field is gone.
 */
export async function change(
  field: Field,
  wanted: FieldChange,
  waiting: { lastKeyAtMs: () => number; signal: AbortSignal },
): Promise<Written> {
  const begunAtMs = performance.now();
  const untilMs = begunAtMs + MOST_WAIT_MS;
  const isNew = spansToChange(field.ledger.spans, wanted).length === 0;
  let searched = false;
  for (;;) {
    const gap = { lastKeyAtMs: waiting.lastKeyAtMs, isNew, untilMs };
    await untilGap(field, gap);
    waiting.signal.throwIfAborted();
    const sight = await look(field, spansToChange(field.ledger.spans, wanted));
    const moved = sight.version !== field.ledger.version;
    const isLate = moved || !isGap(field, gap);
    if (isLate && performance.now() < untilMs) continue;
    // Keys that changed nothing here in all that time went elsewhere.
    if (isLate && !moved && field.changedAtMs >= begunAtMs) return 'busy';
    if (moved || !sight.isAsLeft) {
      if (searched) return 'different';
      searched = true;
      await refind(field);
      continue;
    }
    const placed = place({ ...wanted, spans: field.ledger.spans, caret: sight.caret, unit: field.ledger.unit });
    if (placed.kind === 'lost') return 'different';
    if (placed.kind === 'touched') return !searched && (await isAnythingLeft(field, wanted)) ? 'touched' : 'different';
    if (placed.steps.length === 0) return 'done';
    return write(field, placed.steps, { sight, lastKeyAtMs: waiting.lastKeyAtMs });
  }
}

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
    field.traits.isSingleLine ? field.selection() : undefined,
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

async function write(
  field: Field,
  steps: readonly Step[],
  { sight, lastKeyAtMs }: { sight: Sight; lastKeyAtMs: () => number },
): Promise<Written> {
  const { ledger } = field;
  const gap = { lastKeyAtMs, isNew: false, untilMs: performance.now() + MOST_MEND_MS };
  const before = ledger.spans;
  const owners = before.filter((span) => isWritten(span, steps));
  const wanted = steps.reduce((spans, step) => written(spans, step, ledger.unit), before);
  const changed = wanted.filter((span) => isWritten(span, steps));
  ledger.begin(sight.caret);
  ledger.expect(steps);
  // Not awaited one by one: all of it waits in one queue, so that hardly ever a key of the user's comes between.
  const [done, read] = await field.together(() => {
    const writing = steps.map((step) => field.write(step));
    const keeping = field.traits.isSingleLine ? keepCaret(field, steps, sight) : undefined;
    const reading = changed.map(({ start, length }) => field.text(start, start + length));
    return Promise.all([Promise.all(writing), Promise.all(reading), keeping]);
  });
  ledger.settle();
  const wasRead = !ledger.hasTaken && changed.every(({ text }, index) => read[index] === text);
  const isThere = wasRead || field.traits.isPassword || (await mend(field, changed, gap));
  // The user typed meanwhile, so the caret was put where it had been.
  const isCaretStale = field.traits.isSingleLine && ledger.version !== sight.version;
  if (isCaretStale) await field.setCaret(ledger.caret);

  // It shows something else than it holds.
  if (field.traits.isPassword) return done.every(Boolean) ? 'done' : 'unwritable';
  if (isThere && done.every(Boolean)) return 'done';
  if (owners.some((span) => isTouched(span, field)) && (await takeBack(field, gap))) return 'touched';
  const isUnchanged = (await field.length()) === sight.length && (await stands(field, owners));
  ledger.reset(isUnchanged ? before : ledger.spans.map((span) => touchedBy(span, steps)));
  return isUnchanged ? 'unwritable' : 'unproven';
}

const isWritten = (span: Span, steps: readonly Step[]): boolean => steps.some(({ owner }) => isSame(owner, span));

const touchedBy = (span: Span, steps: readonly Step[]): Span =>
  isWritten(span, steps) ? { ...span, touched: true } : span;

async function keepCaret(field: Field, steps: readonly Step[], { caret, selection }: Sight): Promise<void> {
  const after = (place: number): number => caretAfter(place, steps, field.ledger.unit);
  if (selection === undefined) return field.setCaret(after(caret));
  const { start, end } = selection;
  return field.select(after(caret === start ? end : start), after(caret));
}

/** The user was faster than some step: brings the segment to what it should be, as long as the user typed before it only. */
async function mend(field: Field, wanted: readonly Span[], gap: Gap): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await giveBack(field, gap);
    if (await isNowThere(field, wanted)) return true;
    if (wanted.some((span) => isTouched(span, field))) return false;
    await untilGap(field, gap);
    await finish(field, wanted);
  }
  await giveBack(field, gap);
  return isNowThere(field, wanted);
}

/** A step that met text of the user's, who was faster, took that instead of ours: it goes back to where it was. */
async function giveBack(field: Field, gap: Gap): Promise<void> {
  if (!field.ledger.hasTaken) return;
  await untilGap(field, gap);
  const owner = { sessionId: '', segmentId: '' };
  const taken = field.ledger.giveBack();
  await Promise.all(taken.map(({ at, text }) => field.write({ kind: 'insert', owner, at, text })));
}

const isTouched = (span: Span, { ledger }: Field): boolean =>
  ledger.spans.find((other) => isSame(other, span))?.touched ?? false;

/** The user, who was faster, typed into the segment: what was done of the change goes, so that it is not half of each. */
async function takeBack(field: Field, gap: Gap): Promise<boolean> {
  const { ledger } = field;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (ledger.undoing.length === 0) return true;
    if (!(await holds(field, ledger.inserted))) return false;
    await untilGap(field, gap);
    const steps = ledger.undoing;
    ledger.expect(steps);
    await field.together(() => Promise.all(steps.map((step) => field.write(step))));
    ledger.settle();
    await giveBack(field, gap);
  }
  return ledger.undoing.length === 0;
}

async function holds(field: Field, texts: readonly { readonly at: number; readonly text: string }[]): Promise<boolean> {
  const read = await Promise.all(texts.map(({ at, text }) => field.text(at, at + field.ledger.unit.length(text))));
  return texts.every(({ text }, index) => read[index] === text);
}

/** Does what is left to do after steps that missed because the user typed before the segment. */
async function finish(field: Field, wanted: readonly Span[]): Promise<void> {
  const { ledger } = field;
  const { sessionId = '', segmentId = '' } = wanted[0] ?? {};
  const rewrites = wanted.map((span): Rewrite => {
    const { text: before = '' } = ledger.spans.find((other) => isSame(other, span)) ?? {};
    return { segmentId: span.segmentId, before, after: span.text, changes: middleChange(before, span.text) };
  });
  const placed = place({ sessionId, segmentId, rewrites, spans: ledger.spans, caret: -1, unit: ledger.unit });
  if (placed.kind !== 'steps') return;
  ledger.expect(placed.steps);
  await field.together(() => Promise.all(placed.steps.map((step) => field.write(step))));
  ledger.settle();
}

/** The user may have typed before our text between writing and reading: it is looked for where it is now. */
async function isNowThere(field: Field, wanted: readonly Span[]): Promise<boolean> {
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const { version } = field.ledger;
    const now = wanted.map((span) => field.ledger.spans.find((other) => isSame(other, span)));
    const same = now.every((span, index) => span !== undefined && span.text === wanted[index]!.text);
    if (!same) return false;
    if (await stands(field, now as readonly Span[])) return true;
    if (version === field.ledger.version) return false;
  }
  return false;
}

async function stands(field: Field, spans: readonly Span[]): Promise<boolean> {
  const read = await Promise.all(spans.map(({ start, length }) => field.text(start, start + length)));
  return spans.every(({ text, touched }, index) => !touched && read[index] === text);
}
