// Decides how dictations are served: several at once, one write at a time, each answered truthfully.

import { VoiceInputError, isVoiceInputError } from '@voiceinput/plugin-api';
import type { Edit, Outcome, SessionInfo, Sink } from '@voiceinput/plugin-api';
import { sanitised, Offers, rewriting } from '@voiceinput/desktop/own';
import type { Offer, Piece, Rewrite } from '@voiceinput/desktop/own';
import { pin, textBeforeCaret } from './pin/target.ts';
import type { Desk, Target } from './pin/target.ts';
import { put } from './put.ts';

export interface DesktopSink extends Sink {
  /** Texts that could not be put into their place, oldest first; the last fifty. */
  offers(): readonly Offer[];
}

interface Session {
  readonly info: SessionInfo;
  readonly target: Target | undefined;
  pieces: readonly Piece[];
  revision: number;
  /** Whether a space stands behind it. */
  hasTrailingSpace: boolean;
}

/** So many dictations can still be taken back. */
const MOST_SESSIONS = 100;
/** The owner of the space behind a dictation. */
const TRAILING = '';

const refused = (reason: string): Outcome => ({ kind: 'refused', reason });

/** Owns the parts of `desk`: `close` closes them. */
export function desktopSink(desk: Desk): DesktopSink {
  const sessions = new Map<string, Session>();
  const offers = new Offers();
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  async function apply(edit: Edit, abort: AbortSignal): Promise<Outcome> {
    abort.throwIfAborted();
    const session = sessions.get(edit.sessionId);
    if (session === undefined) return refused('unknown-session');
    const outcome = await outcomeOf(session, edit, abort);
    if (outcome.kind === 'applied') offers.remove(edit);
    if (outcome.kind === 'offered') {
      const { sessionId, segmentId, segment } = edit;
      offers.add({ sessionId, segmentId, text: segment.text, reason: outcome.reason });
    }
    return outcome;
  }

  async function outcomeOf(session: Session, edit: Edit, abort: AbortSignal): Promise<Outcome> {
    const { target } = session;
    if (edit.baseRevision !== session.revision) return refused('stale');
    const next = rewriting(session.pieces, edit, (text) => sanitised(text, lineBreaksIn(target)));
    if (next === undefined) return refused('does-not-fit');
    if (edit.cause === 'refined' && edit.changes.length > 0 && target?.isPassword) return refused('secret');
    const rewrites = [...next.rewrites, trailing(session, next.rewrites)];
    const outcome = await placed(desk, target, { edit, rewrites, signal: abort });
    if (outcome.kind === 'applied') {
      session.pieces = next.pieces;
      session.revision = edit.revision;
      session.hasTrailingSpace = rewrites.at(-1)!.after !== '';
    }
    return outcome;
  }

  function remember(session: Session): void {
    sessions.set(session.info.sessionId, session);
    const [oldest] = sessions.values();
    if (sessions.size <= MOST_SESSIONS || oldest === undefined) return;
    sessions.delete(oldest.info.sessionId);
    oldest.target?.field?.ledger.forget(oldest.info.sessionId);
  }

  return {
    async begin(info, abort) {
      abort.throwIfAborted();
      const target = await pin(desk, abort);
      remember({ info, target, pieces: [], revision: 0, hasTrailingSpace: false });
      if (target === undefined) return {};
      const textBefore = await textBeforeIn(desk, target);
      abort.throwIfAborted();
      const { hybrid, words } = target.settings;
      return {
        app: target.app,
        ...(hybrid !== undefined && { hybrid }),
        ...(words !== undefined && { words }),
        ...(target.isPassword && { secret: true }),
        ...(textBefore !== undefined && { textBefore }),
      };
    },
    async textBefore(sessionId, abort) {
      abort.throwIfAborted();
      const target = sessions.get(sessionId)?.target;
      return target === undefined ? undefined : textBeforeIn(desk, target);
    },
    apply: (edit, abort) => inTurn(() => apply(edit, abort)),
    async end(_result, abort) {
      abort.throwIfAborted();
    },
    offers: () => offers.all,
    async close() {
      await queue;
      desk.accessibility?.close();
      desk.watch.close();
      await desk.display.close();
    },
  };
}

const lineBreaksIn = (target: Target | undefined): boolean =>
  target !== undefined &&
  (target.isTerminal ? target.settings.lineBreaks === true : !target.field?.traits.isSingleLine);

/** A dictation ends with a space as long as it has words. */
function trailing({ target, hasTrailingSpace }: Session, rewrites: readonly Rewrite[]): Rewrite {
  const before = hasTrailingSpace ? ' ' : '';
  const isWanted = target?.settings.trailingSpace === true && rewrites.some((rewrite) => rewrite.after !== '');
  const after = isWanted ? ' ' : '';
  const changes = before === after ? [] : [{ start: 0, remove: before.length, insert: after }];
  return { segmentId: TRAILING, before, after, changes };
}

async function textBeforeIn(desk: Desk, target: Target): Promise<string | undefined> {
  // What a password field shows are not the words.
  if (target.isPassword) return undefined;
  return target.field === undefined
    ? desk.watch.knownLine(target.window.windowId)?.textBefore
    : textBeforeCaret(target.field);
}

async function placed(
  desk: Desk,
  target: Target | undefined,
  wish: { edit: Edit; rewrites: readonly Rewrite[]; signal: AbortSignal },
): Promise<Outcome> {
  const { edit, rewrites, signal } = wish;
  if (rewrites.every(({ changes }) => changes.length === 0)) return { kind: 'applied', proof: 'unverified' };
  if (target === undefined) return { kind: 'offered', reason: 'no-window' };
  try {
    const outcome = await put(desk, target, { ...edit, rewrites, signal });
    // Nobody wants to be offered that something goes.
    const takesBack = edit.cause === 'undo' || edit.cause === 'cancel';
    return outcome.kind === 'offered' && takesBack ? refused(outcome.reason) : outcome;
  } catch (error) {
    signal.throwIfAborted();
    if (isVoiceInputError(error) && error.code === 'ERR_DESKTOP') return { kind: 'offered', reason: 'field-gone' };
    throw error instanceof Error ? error : new VoiceInputError('ERR_DESKTOP', String(error));
  }
}
