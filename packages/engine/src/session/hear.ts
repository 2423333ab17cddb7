// The third phase of a dictation: it is heard to its end, and what was said is read meanwhile.

import type { Vad } from '@voiceinput/plugin-api';
import { unlessAborted } from '@voiceinput/plugin-api';
import { openJournal } from '../capture/journal.ts';
import type { BegunWriting } from './begin-writing.ts';
import type { Course } from './course.ts';
import { createFinishing } from './finish.ts';
import { listen } from './listen.ts';
import { tellRelease } from './open-parts.ts';
import type { LiveSource } from './open-parts.ts';
import type { OpenPart } from './ports.ts';
import { createSegments } from './segments.ts';
import type { Segments } from './segments.ts';

/** Settles when every segment was read. Rejects with what the source failed with, after all that was heard before. */
export async function hear(
  { source, vad }: { readonly source: LiveSource; readonly vad: OpenPart<'vad', Vad> },
  begun: BegunWriting,
  course: Course,
): Promise<void> {
  const { request, ports, ownership, progress, released, ending, warn } = course;
  const { frames, release, isLive } = source;
  const segments = await openSegments(begun, isLive, course);
  const { secret = false } = begun.outlet.beginning;
  const journal = request.journal !== undefined && !secret ? openJournal(request.journal, warn) : undefined;
  if (journal !== undefined) ownership.own('the journal', () => journal.close());
  const ear = { frames, vad, settings: ports.profile.segments, release, journal, ownership };
  try {
    for await (const heard of listen(ear, ending.signal)) {
      progress.note(heard, isLive);
      for (const { range, samples } of heard.speech) segments.read(range, samples);
      if (isLive && heard.speech.length > 0) begun.outlet.pin();
      if (isLive) segments.follow(heard);
      else await segments.notFartherAhead();
    }
  } finally {
    release.close();
    if (isLive && released.atMs === undefined) tellRelease(progress.audioSamples, course);
    void segments.ended();
    void segments.drafted().finally(request.turn.release);
    await segments.finished();
    if (source.hasDevices && progress.muteTrouble !== undefined) course.fail(progress.muteTrouble);
  }
}

/** What reads, judges and finishes each segment. */
async function openSegments({ outlet, writing }: BegunWriting, isLive: boolean, course: Course): Promise<Segments> {
  const { info, request, ports, ending, emit, warn } = course;
  const { profile } = ports;
  const { app, secret = false, hybrid = true, words: likelyThere = [] } = outlet.beginning;
  const { sessionId } = info;
  const postprocessors = await unlessAborted(ports.postprocessors(), ending.signal);
  const judge = await unlessAborted(ports.judge(), ending.signal);
  const words = [...profile.words, ...likelyThere];
  const finishing = createFinishing({ sessionId, profile, postprocessors, writing, app, words, warn }, ending.signal);
  const { refine: _never, refineFor: _neither, ...onlyFast } = ports;
  return createSegments(
    {
      sessionId,
      ports: secret || !hybrid ? onlyFast : ports,
      judge,
      finishing,
      writing,
      words,
      background: request.background,
      isLive,
      emit,
      warn,
      onLost: course.fail,
    },
    ending.signal,
  );
}
