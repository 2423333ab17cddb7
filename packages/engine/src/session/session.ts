// The course of one dictation, from the first frame to the last edit.

import type {
  EventBody,
  LaneReport,
  PluginKind,
  SessionInfo,
  SessionResult,
  Sink,
  Source,
  VoiceInputError,
} from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import { openFrames } from '../capture/frames.ts';
import type { Frames } from '../capture/frames.ts';
import { openJournal } from '../capture/journal.ts';
import type { PartChoice } from '../configure/profile.ts';
import { asPluginError } from '../host/call.ts';
import { fitOf } from '../deliver/fit.ts';
import { createWriting, NOTHING_UNDONE } from '../deliver/writing.ts';
import type { UndoResult, Writing } from '../deliver/writing.ts';
import { followAborts, unlessAborted } from '../own/abort.ts';
import { createOwnership } from '../own/ownership.ts';
import type { Lane } from '../schedule/lane.ts';
import { createFinishing } from './finish.ts';
import { createLevel } from './level.ts';
import { listen } from './listen.ts';
import type { Ear, Heard } from './listen.ts';
import { watchForMute } from './muted.ts';
import { openOutlet } from './outlet.ts';
import type { Outlet } from './outlet.ts';
import { isLasting } from './ports.ts';
import type { Opened, SessionPorts, SessionRequest } from './ports.ts';
import { followRelease } from './release.ts';
import type { Release } from './release.ts';
import { reportOf } from './report.ts';
import { createSegments } from './segments.ts';
import type { Segments } from './segments.ts';
import { sinkInPlaceOf } from './sink-in-place.ts';

const PROGRESS_STEP_SAMPLES = msToSamples(1000);
const EVERYTHING = { cause: 'cancel', all: true, untilSample: Number.POSITIVE_INFINITY } as const;

export interface Session {
  /** Settles when the session is over. Never rejects for what can go wrong in it: the result says so, with all that was heard. */
  readonly result: Promise<SessionResult>;
  /** Takes back what was written, one step at a time; see `Writing.undo`. */
  undo(signal: AbortSignal): Promise<UndoResult>;
}

export function startSession(
  info: SessionInfo,
  request: SessionRequest,
  ports: SessionPorts,
  signal: AbortSignal,
): Session {
  const { sessionId, label } = info;
  const { control: ending, unfollow } = followAborts(signal);
  const ownership = createOwnership();
  const state: SessionState = { audioSamples: 0 };
  const levelOf = createLevel();
  const fit = fitOf(ports.profile);
  const mute = watchForMute();
  const emit = (body: EventBody) => ports.trace.emit(body);
  const warn = (error: VoiceInputError): void => void emit({ type: 'warning', sessionId, error: error.toJSON() });

  return { result: run(), undo };

  async function run(): Promise<SessionResult> {
    emit({ type: 'session-started', sessionId, label });
    try {
      await dictate();
    } catch (error) {
      if (!signal.aborted) state.error ??= asPluginError(error, label, 'dictate');
    }
    if (request.cancelled.aborted && state.lasting === true)
      await state.writing?.undo(EVERYTHING, request.closing).catch(unlessClosing);
    request.turn.release();
    if (state.lasting !== true) await state.writing?.close();
    const reported = report();
    await state.writing?.end(reported);
    await ownership.closeAll().catch((error: unknown) => warn(asPluginError(error, label, 'close')));
    unfollow();
    const { error = state.error } = reported;
    const result: SessionResult = error === undefined ? reported : { ...reported, outcome: 'failed', error };
    emit({ type: 'session-ended', sessionId, outcome: result.outcome, ...(error && { error: error.toJSON() }) });
    return result;
  }

  /** Closing stops an undo half-way: what is left stands, and the history has it. */
  function unlessClosing(error: unknown): void {
    if (!request.closing.aborted) throw error;
  }

  async function undo(by: AbortSignal): Promise<UndoResult> {
    const { writing, audioSamples, lasting } = state;
    if (writing === undefined || lasting !== true) return NOTHING_UNDONE;
    return writing.undo({ cause: 'undo', all: false, untilSample: audioSamples }, by);
  }

  async function dictate(): Promise<void> {
    void stopWithoutLanes();
    const { ear, vad, sinkOpening } = await openParts();
    const { sink, outlet } = await beginIn(sinkOpening, ear.realtime);
    state.lasting = isLasting(sink);
    state.outlet = outlet;
    if (state.releasedAtMs !== undefined) outlet.pin();
    const { app, secret = false, hybrid = true, words = [] } = outlet.beginning;
    const writing = createWriting({ sessionId, sink: outlet, secret, fit, trace: ports.trace }, ending.signal);
    state.writing = writing;
    const { refine: _never, refineFor: _neither, ...onlyFast } = ports;
    const postprocessors = await unlessAborted(ports.postprocessors(), ending.signal);
    const likely = [...ports.profile.words, ...words];
    const finishing = createFinishing(
      { sessionId, profile: ports.profile, postprocessors, writing, app, words: likely, warn },
      ending.signal,
    );
    const segments = createSegments(
      {
        sessionId,
        ports: secret || !hybrid ? onlyFast : ports,
        finishing,
        writing,
        words: likely,
        background: request.background,
        emit,
        warn,
        failed: (error) => (state.error ??= error),
      },
      ending.signal,
    );
    await hear({ ...ear, vad, keep: !secret }, segments);
  }

  async function hear(
    { frames, release, realtime, vad, keep }: LiveSource & Pick<Ear, 'vad'> & { readonly keep: boolean },
    segments: Segments,
  ): Promise<void> {
    const { journal: path, turn } = request;
    const journal = path !== undefined && keep ? openJournal(path, warn) : undefined;
    if (journal !== undefined) ownership.own('the journal', () => journal.close());
    const settings = ports.profile.segments;
    try {
      for await (const heard of listen({ frames, vad, settings, release, journal, ownership }, ending.signal)) {
        noteAudio(heard, realtime);
        for (const { stretch, samples } of heard.stretches) segments.read(stretch, samples);
        if (realtime && heard.stretches.length > 0) state.outlet?.pin();
        if (realtime) segments.follow(heard);
        else await segments.notFartherAhead();
      }
    } finally {
      release.close();
      if (realtime && state.releasedAtMs === undefined) toldRelease(state.audioSamples);
      void segments.ended();
      void segments.drafted().finally(turn.release);
      await segments.finished();
      if (state.hasDevices === true && mute.trouble !== undefined) state.error ??= mute.trouble;
    }
  }

  /** Each is closed in the end, even if another one does not open; a sink that serves others too stays open. Its opening is over. */
  async function openParts() {
    const owned = async <T extends Opened<PluginKind, { close(): Promise<void> }>>(opening: Promise<T>): Promise<T> => {
      const opened = await opening;
      if (!isLasting(opened)) ownership.own(opened.plugin.id, () => opened.part.close());
      return opened;
    };
    const openings = [
      owned(request.source()).then(startListening),
      owned(request.sink()),
      unlessAborted(ports.vad(), ending.signal),
    ] as const;
    await Promise.allSettled(openings);
    const [sourceOpening, sinkOpening, vadOpening] = openings;
    return { ear: await sourceOpening, vad: await vadOpening, sinkOpening };
  }

  /** A microphone is heard from now on, whatever else has to open. */
  function startListening({ plugin, part }: Opened<'source', Source>): LiveSource {
    const { realtime } = part;
    state.hasDevices = plugin.capabilities.devices;
    const { released, silenceMs } = request;
    const latencyMs = (): number => part.latencyMs ?? 0;
    const release = followRelease({ released, silenceMs, latencyMs, told: toldRelease });
    ownership.own('the release', async () => release.close());
    const arrived = (endSample: number): boolean => {
      if (state.hasAudio !== true) noteFirstAudio(realtime);
      return release.arrived(endSample);
    };
    const frames = openFrames(part, arrived, ending.signal);
    ownership.own(plugin.id, () => frames.close());
    return { frames, release, realtime };
  }

  function toldRelease(sample: number): void {
    state.releasedAtMs = emit({ type: 'released', sessionId, sample }).atMs;
    state.outlet?.pin();
  }

  function noteFirstAudio(realtime: boolean): void {
    state.hasAudio = true;
    const { atMs } = emit({ type: 'audio-started', sessionId });
    if (!realtime) state.releasedAtMs = atMs;
  }

  /** What is spoken cannot be said again: a live dictation goes on without its sink. */
  async function beginIn(sinkOpening: Promise<Opened<'sink', Sink>>, isLive: boolean) {
    const begun = async (sink: Opened<'sink', Sink>) => ({
      sink,
      outlet: await openOutlet({ info, sink, turn: request.turn, onError: sinkFailed }, ending.signal),
    });
    try {
      return await begun(await sinkOpening);
    } catch (error) {
      if (!isLive || ending.signal.aborted) throw error;
      const reason = asPluginError(error, label, 'begin');
      warn(reason);
      sinkFailed(reason, false);
      return begun(sinkInPlaceOf(reason));
    }
  }

  function sinkFailed(error: VoiceInputError, last: boolean): void {
    state.error ??= error;
    if (last) ending.abort(error);
  }

  /** Without any lane that opens there is no point in listening on. */
  async function stopWithoutLanes(): Promise<void> {
    const lanes = ports.refine === undefined ? [ports.fast] : [ports.fast, ports.refine];
    const openings = await Promise.allSettled(lanes.map((lane) => lane.opened(ending.signal)));
    const reasons = openings.flatMap((opening) => (opening.status === 'rejected' ? [opening.reason as unknown] : []));
    if (reasons.length < lanes.length || ending.signal.aborted) return;
    state.error ??= asPluginError(reasons[0], ports.profile.fast.use, 'create');
    ending.abort(state.error);
  }

  function noteAudio({ endSample, samples }: Heard, realtime: boolean): void {
    mute.heard(samples);
    const level = realtime ? levelOf(samples) : undefined;
    if (level !== undefined) emit({ type: 'level', sessionId, level });
    const [before, now] = [state.audioSamples, endSample].map((count) => Math.floor(count / PROGRESS_STEP_SAMPLES));
    state.audioSamples = endSample;
    if (before !== now) emit({ type: 'progress', sessionId, sample: endSample });
  }

  function report(): SessionResult {
    const { writing, outlet } = state;
    const { app, secret, hybrid = true } = outlet?.beginning ?? {};
    return reportOf({
      sessionId,
      label,
      audioSamples: state.audioSamples,
      segments: (signal.aborted ? writing?.heard : writing?.segments) ?? [],
      releasedAtMs: state.releasedAtMs,
      lastDraftAtMs: writing?.lastAtMs.draft,
      lastRefinedAtMs: writing?.lastAtMs.refined,
      lastPolishedAtMs: writing?.lastAtMs.polished,
      fast: laneReport(ports.fast, ports.profile.fast),
      refine: secret === true || !hybrid ? undefined : ports.refine && laneReport(ports.refine, ports.profile.refine),
      app,
      secret,
      error: state.error,
      cancelled: signal.aborted,
      fit,
    });
  }
}

/** A lane that was not needed may not be open yet; what it would have used is in its options then. */
function laneReport({ model }: Lane, { use, options }: PartChoice): LaneReport {
  const chosen = typeof options['model'] === 'string' ? options['model'] : '';
  return { runner: use, model: model ?? chosen };
}

/** A source that is heard, until it is released. */
interface LiveSource {
  readonly frames: Frames;
  readonly release: Release;
  readonly realtime: boolean;
}

interface SessionState {
  audioSamples: number;
  /** Whether a device hears a room; a file may well be silent. */
  hasDevices?: boolean | undefined;
  /** Whether any frame has come. */
  hasAudio?: boolean;
  releasedAtMs?: number;
  outlet?: Outlet;
  /** Whether the sink serves other sessions too. */
  lasting?: boolean;
  writing?: Writing;
  error?: VoiceInputError;
}
