// How dictations into fields are served: several at once, one write at a time, each answered truthfully.

import { createWorkQueue, isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Edit, Outcome, SessionInfo, Sink, SinkTarget, Surroundings } from '@voiceinput/plugin-api';
import { Offers } from './offers.ts';
import type { Offer } from './offers.ts';
import { rewriting } from '../segments/pieces.ts';
import type { Piece, Rewrite } from '../segments/pieces.ts';
import { sanitised } from './sanitise.ts';

export interface FieldSink extends Sink {
  /** Texts that could not be put into their place, oldest first; the last fifty. */
  offers(): readonly Offer[];
}

/** One change of a dictation's text. */
export interface FieldWrite extends Pick<Edit, 'sessionId' | 'segmentId' | 'cause' | 'asked'> {
  /** All segments of the dictation, at least one of which changes; the space behind it last. */
  readonly rewrites: readonly Rewrite[];
  readonly signal: AbortSignal;
}

/** An outcome; `isUnknown` where it may stand all the same, for keys are out that nobody can follow. */
export type FieldOutcome = Outcome & { readonly isUnknown?: boolean };

/** How a kind of desktop is written to. A `Target` is the place that a dictation goes to. */
export interface Desk<Target> {
  /** The place that has the focus. Absent when nothing has. */
  pin(signal: AbortSignal): Promise<Target | undefined>;
  /** What the engine is told of it. */
  beginning(target: Target): Promise<SinkTarget>;
  /** The speaker has come to an end: text of this dictation goes to where the caret is now. */
  pinCaret(target: Target, sessionId: string): Promise<void>;
  surroundings(target: Target, sessionId: string): Promise<Surroundings | undefined>;
  /** Rejects with `ERR_DESKTOP` when the field is gone. */
  put(target: Target, write: FieldWrite): Promise<FieldOutcome>;
  takesLineBreaks(target: Target): boolean;
  wantsTrailingSpace(target: Target): boolean;
  /** A text in it is never replaced by a better one. */
  isSecret(target: Target): boolean;
  /** Whether drafts are left out, for the better text comes and could not take their place. Absent: never. */
  waitsForBetter?(target: Target, info: SessionInfo): boolean;
  /** A dictation can be taken back no longer. */
  forget(target: Target, sessionId: string): void;
  close(): Promise<void>;
}

interface Session<Target> {
  readonly info: SessionInfo;
  readonly target: Target | undefined;
  pieces: readonly Piece[];
  revision: number;
  /** Whether a space stands behind it. */
  hasTrailingSpace: boolean;
  /** Segments that may stand in the field or not: nothing is written for them again. */
  readonly unknown: Set<string>;
  /** Why a segment was not put in. Absent: each was. */
  missing?: { readonly segmentId: string; readonly startSample: number; readonly reason: string };
}

/** So many dictations can still be taken back. */
const MOST_SESSIONS = 100;
/** The owner of the space behind a dictation. */
const TRAILING = '';

const refused = (reason: string): Outcome => ({ kind: 'refused', reason });

/** Nobody wants to be offered that something goes. */
const undone = ({ cause }: Edit, reason: string): Outcome =>
  cause === 'undo' || cause === 'cancel' ? refused(reason) : { kind: 'offered', reason };

/** Owns `desk`: `close` closes it. */
export function fieldSink<Target>(desk: Desk<Target>): FieldSink {
  const sessions = new Map<string, Session<Target>>();
  const offers = new Offers();
  const queue = createWorkQueue();

  async function apply(edit: Edit, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const session = sessions.get(edit.sessionId);
    if (session === undefined) return refused('unknown-session');
    const outcome = await outcomeOf(desk, session, { edit, signal });
    if (outcome.kind === 'applied') offers.remove(edit);
    if (outcome.kind === 'offered') {
      const { sessionId, segmentId, segment } = edit;
      offers.add({ sessionId, segmentId, text: segment.text, reason: outcome.reason });
    }
    return outcome;
  }

  function remember(session: Session<Target>): void {
    sessions.set(session.info.sessionId, session);
    const [oldest] = sessions.values();
    if (sessions.size <= MOST_SESSIONS || oldest === undefined) return;
    sessions.delete(oldest.info.sessionId);
    if (oldest.target !== undefined) desk.forget(oldest.target, oldest.info.sessionId);
  }

  return {
    async begin(info, signal) {
      signal.throwIfAborted();
      const target = await desk.pin(signal);
      remember({ info, target, pieces: [], revision: 0, hasTrailingSpace: false, unknown: new Set() });
      if (target === undefined) return {};
      const beginning = await desk.beginning(target);
      signal.throwIfAborted();
      return beginning;
    },
    async surroundings(sessionId, signal) {
      signal.throwIfAborted();
      const target = sessions.get(sessionId)?.target;
      return target === undefined ? undefined : desk.surroundings(target, sessionId);
    },
    async pin(sessionId, signal) {
      signal.throwIfAborted();
      const target = sessions.get(sessionId)?.target;
      if (target !== undefined) await desk.pinCaret(target, sessionId);
    },
    apply: (edit, signal) => queue.add(() => apply(edit, signal)),
    async end(_result, signal) {
      signal.throwIfAborted();
    },
    offers: () => offers.all,
    async close() {
      await queue.drained();
      await desk.close();
    },
  };
}

/** One edit, and who may call it off. */
interface Asked {
  readonly edit: Edit;
  readonly signal: AbortSignal;
}

async function outcomeOf<Target>(
  desk: Desk<Target>,
  session: Session<Target>,
  { edit, signal }: Asked,
): Promise<Outcome> {
  const { target } = session;
  if (edit.baseRevision !== session.revision) return refused('stale');
  const lineBreaks = target !== undefined && desk.takesLineBreaks(target);
  const next = rewriting(session.pieces, edit, (text) => sanitised(text, lineBreaks));
  if (next === undefined) return refused('does-not-fit');
  const isSecret = target !== undefined && desk.isSecret(target);
  const isBetter = edit.cause === 'refined' || edit.cause === 'polished';
  if (isBetter && edit.changes.length > 0 && isSecret) return refused('secret');
  const isWaiting = target !== undefined && desk.waitsForBetter?.(target, session.info) === true;
  if (edit.cause === 'draft' && isWaiting) return { kind: 'offered', reason: 'waiting' };
  if (session.unknown.has(edit.segmentId)) return undone(edit, 'not-known');
  // What is said after something that is missing would stand in its place: a text has no holes.
  const { missing } = session;
  const isFirst = !session.pieces.some(({ segmentId, said }) => segmentId === edit.segmentId && said !== '');
  const isBehind =
    missing?.segmentId !== edit.segmentId && edit.segment.startSample >= (missing?.startSample ?? Infinity);
  if (missing !== undefined && isFirst && isBehind) return undone(edit, missing.reason);
  const rewrites = [...next.rewrites, trailing(desk, session, next.rewrites)];
  const { isUnknown = false, ...outcome } = await written(desk, target, { edit, rewrites, signal });
  if (isUnknown) session.unknown.add(edit.segmentId);
  if (outcome.kind === 'offered' && isFirst) session.missing ??= { ...edit.segment, reason: outcome.reason };
  if (outcome.kind === 'applied' && session.missing?.segmentId === edit.segmentId) delete session.missing;
  if (outcome.kind === 'applied') {
    session.pieces = next.pieces;
    session.revision = edit.revision;
    session.hasTrailingSpace = rewrites.at(-1)!.after !== '';
  }
  return outcome;
}

/** A dictation ends with a space as long as it has words. */
function trailing<Target>(
  desk: Desk<Target>,
  { target, hasTrailingSpace }: Session<Target>,
  rewrites: readonly Rewrite[],
): Rewrite {
  const before = hasTrailingSpace ? ' ' : '';
  const hasWords = rewrites.some((rewrite) => rewrite.after !== '');
  const after = hasWords && target !== undefined && desk.wantsTrailingSpace(target) ? ' ' : '';
  const changes = before === after ? [] : [{ start: 0, remove: before.length, insert: after }];
  return { segmentId: TRAILING, before, after, changes };
}

async function written<Target>(
  desk: Desk<Target>,
  target: Target | undefined,
  { edit, rewrites, signal }: Asked & { readonly rewrites: readonly Rewrite[] },
): Promise<FieldOutcome> {
  if (rewrites.every(({ changes }) => changes.length === 0)) return { kind: 'applied', proof: 'unverified' };
  if (target === undefined) return { kind: 'offered', reason: 'no-window' };
  try {
    const outcome = await desk.put(target, { ...edit, rewrites, signal });
    return outcome.kind === 'offered' ? { ...outcome, ...undone(edit, outcome.reason) } : outcome;
  } catch (error) {
    signal.throwIfAborted();
    if (isVoiceInputError(error) && error.code === 'ERR_DESKTOP') return { kind: 'offered', reason: 'field-gone' };
    throw error instanceof Error ? error : new VoiceInputError('ERR_DESKTOP', String(error));
  }
}
