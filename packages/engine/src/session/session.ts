// The course of one dictation, phase by phase.

import type { Outcome, SessionInfo, SessionResult } from '@voiceinput/plugin-api';
import { asPluginError } from '../host/call.ts';
import { NOTHING_UNDONE } from '../deliver/writing.ts';
import type { UndoResult, Writing } from '../deliver/writing.ts';
import { beginWriting } from './begin-writing.ts';
import type { BegunWriting } from './begin-writing.ts';
import { conclude } from './conclude.ts';
import { createCourse } from './course.ts';
import type { Course } from './course.ts';
import { hear } from './hear.ts';
import { openParts } from './open-parts.ts';
import type { SessionPorts, SessionRequest } from './ports.ts';

export interface Session {
  /** Settles when the session is over. Never rejects for what can go wrong in it: the result says so, with all that was heard. */
  readonly result: Promise<SessionResult>;
  /** Takes back what was written, one step at a time; see `Writing.undo`. */
  undo(signal: AbortSignal): Promise<UndoResult>;
  /** Puts the newest texts in place of those that stand; see `Writing.replace`. */
  replace(signal: AbortSignal): Promise<readonly Outcome[]>;
}

/** Begins at once. `signal` ends the dictation before its time. */
export function startSession(
  info: SessionInfo,
  request: SessionRequest,
  ports: SessionPorts,
  signal: AbortSignal,
): Session {
  const course = createCourse({ info, request, ports }, signal);
  let begun: BegunWriting | undefined;

  async function dictate(): Promise<void> {
    void stopWithoutLanes(course);
    const { source, vad, sink } = await openParts(course);
    begun = await beginWriting(sink, source.isLive, course);
    await hear({ source, vad }, begun, course);
  }

  async function run(): Promise<SessionResult> {
    const { sessionId, label } = info;
    course.emit({ type: 'session-started', sessionId, label });
    try {
      await dictate();
    } catch (error) {
      if (!signal.aborted) course.fail(asPluginError(error, label, 'dictate'));
    }
    return conclude(begun, course);
  }

  /** Absent where nothing was written, or the sink cannot be asked any more. */
  const lastingWriting = (): Writing | undefined => (begun?.isLasting === true ? begun.writing : undefined);

  return {
    result: run(),
    async undo(by) {
      const untilSample = course.progress.audioSamples;
      return (await lastingWriting()?.undo({ cause: 'undo', all: false, untilSample }, by)) ?? NOTHING_UNDONE;
    },
    replace: async (by) => (await lastingWriting()?.replace(by)) ?? [],
  };
}

/** Without any lane that opens there is no point in listening on. */
async function stopWithoutLanes({ ports, ending, fail }: Course): Promise<void> {
  const lanes = ports.refine === undefined ? [ports.fast] : [ports.fast, ports.refine];
  const openings = await Promise.allSettled(lanes.map((lane) => lane.opened(ending.signal)));
  const reasons = openings.flatMap((opening) => (opening.status === 'rejected' ? [opening.reason as unknown] : []));
  if (reasons.length < lanes.length || ending.signal.aborted) return;
  const reason = asPluginError(reasons[0], ports.profile.fast.use, 'create');
  fail(reason);
  ending.abort(reason);
}
