// The second phase of a dictation: it begins in its sink, and its text has an owner.

import type { Sink, VoiceInputError } from '@voiceinput/plugin-api';
import { fitOf } from '../deliver/fit.ts';
import { createWriting } from '../deliver/writing.ts';
import type { Writing } from '../deliver/writing.ts';
import { asPluginError } from '../host/call.ts';
import type { Course } from './course.ts';
import { openOutlet } from './outlet.ts';
import type { Outlet } from './outlet.ts';
import { isLasting } from './ports.ts';
import type { OpenPart } from './ports.ts';
import { sinkInPlaceOf } from './sink-in-place.ts';

export interface BegunWriting {
  readonly outlet: Outlet;
  readonly writing: Writing;
  /** Whether the sink serves other dictations too, and can be asked when this one is over. */
  readonly isLasting: boolean;
}

/** What is spoken cannot be said again: a live dictation goes on without its sink. */
export async function beginWriting(
  sink: Promise<OpenPart<'sink', Sink>>,
  isLive: boolean,
  course: Course,
): Promise<BegunWriting> {
  const { info, ports, released, ending } = course;
  const { outlet, plugin } = await beginInAny(sink, isLive, course);
  released.onTold(outlet.pin);
  const { secret = false } = outlet.beginning;
  const { sessionId } = info;
  const options = { sessionId, sink: outlet, secret, fit: fitOf(ports.profile), trace: ports.trace };
  return { outlet, writing: createWriting(options, ending.signal), isLasting: isLasting({ plugin }) };
}

async function beginInAny(opening: Promise<OpenPart<'sink', Sink>>, isLive: boolean, course: Course) {
  const { info, request, ending, warn, fail } = course;

  function onError(error: VoiceInputError, last: boolean): void {
    fail(error);
    if (last) ending.abort(error);
  }

  async function beginIn(sink: OpenPart<'sink', Sink>) {
    const outlet = await openOutlet({ info, sink, turn: request.turn, onError }, ending.signal);
    return { outlet, plugin: sink.plugin };
  }

  try {
    return await beginIn(await opening);
  } catch (error) {
    if (!isLive || ending.signal.aborted) throw error;
    const reason = asPluginError(error, info.label, 'begin');
    warn(reason);
    fail(reason);
    return beginIn(sinkInPlaceOf(reason));
  }
}
