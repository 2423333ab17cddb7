// The first phase of a dictation: its source is heard, its sink and the voice detector open, all at once.

import type { PluginKind, Sink, Source, Vad } from '@voiceinput/plugin-api';
import { unlessAborted } from '@voiceinput/plugin-api';
import { openFrames } from '../capture/frames.ts';
import type { Frames } from '../capture/frames.ts';
import type { Course } from './course.ts';
import { isLasting } from './ports.ts';
import type { OpenPart } from './ports.ts';
import { followRelease } from './release.ts';
import type { Release } from './release.ts';

/** A source that is heard, until it is released. */
export interface LiveSource {
  readonly frames: Frames;
  readonly release: Release;
  /** Whether somebody speaks now. */
  readonly isLive: boolean;
  /** Whether a device hears a room; a file may well be silent. */
  readonly hasDevices: boolean;
}

export interface OpenParts {
  readonly source: LiveSource;
  readonly vad: OpenPart<'vad', Vad>;
  /** Its opening is over; it may have failed. */
  readonly sink: Promise<OpenPart<'sink', Sink>>;
}

/** Each is closed in the end, even if another one does not open; a part that serves other dictations too stays open. */
export async function openParts(course: Course): Promise<OpenParts> {
  const { request, ports, ownership, ending } = course;

  async function owned<T extends OpenPart<PluginKind, { close(): Promise<void> }>>(opening: Promise<T>): Promise<T> {
    const opened = await opening;
    if (!isLasting(opened)) ownership.own(opened.plugin.id, () => opened.part.close());
    return opened;
  }

  const source = owned(request.source()).then((opened) => startListening(opened, course));
  const sink = owned(request.sink());
  const vad = unlessAborted(ports.vad(), ending.signal);
  await Promise.allSettled([source, sink, vad]);
  return { source: await source, vad: await vad, sink };
}

/** A microphone is heard from now on, whatever else has to open. */
function startListening({ plugin, part }: OpenPart<'source', Source>, course: Course): LiveSource {
  const { request, released, ownership, ending } = course;
  const release = followRelease({
    released: request.released,
    silenceMs: request.silenceMs,
    latencyMs: () => part.latencyMs ?? 0,
    onRelease: (sample) => tellRelease(sample, course),
  });
  ownership.own('the release', async () => release.close());
  let hasAudio = false;

  function noteFirstAudio(): void {
    hasAudio = true;
    const { atMs } = course.emit({ type: 'audio-started', sessionId: course.info.sessionId });
    if (!part.realtime) released.countFrom(atMs);
  }

  const onAudio = (endSample: number): boolean => {
    if (!hasAudio) noteFirstAudio();
    return release.arrived(endSample);
  };
  const frames = openFrames({ pluginId: plugin.id, source: part }, onAudio, ending.signal);
  ownership.own(plugin.id, () => frames.close());
  return { frames, release, isLive: part.realtime, hasDevices: plugin.capabilities.devices ?? false };
}

/** The speaker has come to an end, at this sample. */
export function tellRelease(sample: number, { emit, info, released }: Course): void {
  released.tell(emit({ type: 'released', sessionId: info.sessionId, sample }).atMs);
}
