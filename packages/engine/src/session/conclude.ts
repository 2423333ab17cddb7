// The last phase of a dictation, however it went: the sink hears of the end, what was opened is closed, all is summed up.

import type { LaneReport, SessionResult } from '@voiceinput/plugin-api';
import type { PartChoice } from '../configure/profile.ts';
import { fitOf } from '../deliver/fit.ts';
import { asPluginError } from '../host/call.ts';
import type { Lane } from '../schedule/lane.ts';
import type { BegunWriting } from './begin-writing.ts';
import type { Course } from './course.ts';
import { reportOf } from './report.ts';

const EVERYTHING = { cause: 'cancel', all: true, untilSample: Number.POSITIVE_INFINITY } as const;

/** `begun` is absent when the dictation ended before its sink had begun. Never rejects. */
export async function conclude(begun: BegunWriting | undefined, course: Course): Promise<SessionResult> {
  const { info, request, ownership, emit, warn } = course;
  const { sessionId, label } = info;
  if (request.cancelled.aborted && begun?.isLasting === true) await takeAllBack(begun, course);
  request.turn.release();
  if (begun?.isLasting === false) await begun.writing.close();
  const reported = report(begun, course);
  await begun?.writing.end(reported);
  await ownership.closeAll().catch((error: unknown) => warn(asPluginError(error, label, 'close')));
  course.unfollow();
  const { error = course.error } = reported;
  const result: SessionResult = error === undefined ? reported : { ...reported, outcome: 'failed', error };
  emit({ type: 'session-ended', sessionId, outcome: result.outcome, ...(error && { error: error.toJSON() }) });
  return result;
}

async function takeAllBack({ writing }: BegunWriting, { request }: Course): Promise<void> {
  try {
    await writing.undo(EVERYTHING, request.closing);
  } catch (error) {
    // Closing stops an undo half-way: what is left stands, and the history has it.
    if (!request.closing.aborted) throw error;
  }
}

function report(begun: BegunWriting | undefined, course: Course): SessionResult {
  const { info, ports, signal, progress, released } = course;
  const { sessionId, label } = info;
  const { app, secret, hybrid = true } = begun?.outlet.beginning ?? {};
  const isRefined = secret !== true && hybrid;
  return reportOf({
    sessionId,
    label,
    audioSamples: progress.audioSamples,
    segments: (signal.aborted ? begun?.writing.heard : begun?.writing.segments) ?? [],
    releasedAtMs: released.atMs,
    lastDraftAtMs: begun?.writing.lastAtMs.draft,
    lastRefinedAtMs: begun?.writing.lastAtMs.refined,
    lastPolishedAtMs: begun?.writing.lastAtMs.polished,
    fast: laneReport(ports.fast, ports.profile.fast),
    refine: isRefined ? ports.refine && laneReport(ports.refine, ports.profile.refine) : undefined,
    app,
    secret,
    error: course.error,
    cancelled: signal.aborted,
    fit: fitOf(ports.profile),
  });
}

/** A lane that was not needed may not be open yet; what it would have used is in its options then. */
function laneReport({ model }: Lane, { use, options }: PartChoice): LaneReport {
  const chosen = typeof options['model'] === 'string' ? options['model'] : '';
  return { runner: use, model: model ?? chosen };
}
