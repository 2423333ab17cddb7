// Decides the course of one dictation, from the first frame to the last edit.

import type {
  Edit,
  EventBody,
  PluginKind,
  LaneReport,
  Outcome,
  SessionInfo,
  SessionResult,
  Sink,
  VoiceInputError,
} from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import type { PartChoice } from '../configure/profile.ts';
import { asPluginError, callPlugin } from '../host/call.ts';
import { followAborts } from '../own/abort.ts';
import { createOwnership } from '../own/ownership.ts';
import type { Lane } from '../schedule/lane.ts';
import { listen } from './listen.ts';
import type { Heard } from './listen.ts';
import type { Opened, SessionPorts, SessionRequest } from './ports.ts';
import { reportOf } from './report.ts';
import { createSegments } from './segments.ts';
import { createWriting } from './write.ts';
import type { Writing } from './write.ts';

const BEGIN_DEADLINE_MS = 10_000;
/** Who reads the output may be slow, such as a pager; it is waited for this long. */
const SINK_DEADLINE_MS = 60_000;
const PROGRESS_STEP_SAMPLES = msToSamples(1000);

/** Runs a session to its end. Never rejects for what can go wrong in it: the result says so, with all that was heard. */
export async function runSession(
  info: SessionInfo,
  request: SessionRequest,
  ports: SessionPorts,
  signal: AbortSignal,
): Promise<SessionResult> {
  const { sessionId, label } = info;
  const { control: ending, letGo } = followAborts(signal);
  const ownership = createOwnership();
  const state: SessionState = { audioSamples: 0 };
  const emit = (body: EventBody) => ports.trace.emit(body);
  const warn = (error: VoiceInputError): void => void emit({ type: 'warning', sessionId, error: error.toJSON() });
  emit({ type: 'session-started', sessionId, label });

  try {
    await dictate();
  } catch (error) {
    if (!signal.aborted) state.error ??= asPluginError(error, label, 'dictate');
  }
  const result = report();
  if (state.sink !== undefined) await endSink(state.sink, result);
  await ownership.closeAll().catch((error: unknown) => warn(asPluginError(error, label, 'close')));
  letGo();
  emit({ type: 'session-ended', sessionId, outcome: result.outcome });
  return state.error === undefined || result.error !== undefined
    ? result
    : { ...result, outcome: 'failed', error: state.error };

  async function dictate(): Promise<void> {
    void stopWithoutLanes();
    const owned = async <T extends Opened<PluginKind, { close(): Promise<void> }>>(opening: Promise<T>): Promise<T> => {
      const opened = await opening;
      ownership.own(opened.plugin.id, () => opened.part.close());
      return opened;
    };
    // Each is closed, even if another one does not open.
    const openings = [owned(request.source()), owned(request.sink()), ports.vad()] as const;
    await Promise.allSettled(openings);
    const [source, sink, vad] = await Promise.all(openings);
    const call = { pluginId: sink.plugin.id, method: 'begin', deadlineMs: BEGIN_DEADLINE_MS, signal: ending.signal };
    const { textBefore = '' } = await callPlugin(call, (callSignal) => sink.part.begin(info, callSignal));
    state.sink = sink;
    const writing = createWriting({
      sessionId,
      textBefore,
      sink,
      trace: ports.trace,
      apply: (edit) => applyEdit(sink, edit),
    });
    state.writing = writing;
    const segments = createSegments(
      {
        sessionId,
        ports,
        postprocessors: await ports.postprocessors(),
        writing,
        emit,
        warn,
        failed: (error) => (state.error ??= error),
      },
      ending.signal,
    );
    try {
      for await (const heard of listen({ source, vad, settings: ports.profile.segments, ownership }, ending.signal)) {
        noteAudio(heard, source.part.realtime);
        for (const { stretch, samples } of heard.stretches) segments.read(stretch, samples);
        if (source.part.realtime) segments.follow(heard);
        else await segments.notFartherAhead();
      }
    } finally {
      if (source.part.realtime)
        state.releasedAtMs = emit({ type: 'released', sessionId, sample: state.audioSamples }).atMs;
      await segments.finished();
    }
  }

  /** Without any lane that opens there is no point in listening on. */
  async function stopWithoutLanes(): Promise<void> {
    const lanes = ports.refine === undefined ? [ports.fast] : [ports.fast, ports.refine];
    const openings = await Promise.allSettled(lanes.map((lane) => lane.opened()));
    const reasons = openings.flatMap((opening) => (opening.status === 'rejected' ? [opening.reason as unknown] : []));
    if (reasons.length < lanes.length || ending.signal.aborted) return;
    state.error ??= asPluginError(reasons[0], ports.profile.fast.use, 'create');
    ending.abort(state.error);
  }

  function noteAudio({ endSample }: Heard, realtime: boolean): void {
    if (state.audioSamples === 0 && endSample > 0) {
      const { atMs } = emit({ type: 'audio-started', sessionId });
      if (!realtime) state.releasedAtMs = atMs;
    }
    const [before, now] = [state.audioSamples, endSample].map((samples) => Math.floor(samples / PROGRESS_STEP_SAMPLES));
    state.audioSamples = endSample;
    if (before !== now) emit({ type: 'progress', sessionId, sample: endSample });
  }

  async function applyEdit(sink: Opened<'sink', Sink>, edit: Edit): Promise<Outcome> {
    const call = { pluginId: sink.plugin.id, method: 'apply', deadlineMs: SINK_DEADLINE_MS, signal: ending.signal };
    try {
      return await callPlugin(call, (callSignal) => sink.part.apply(edit, callSignal));
    } catch (error) {
      const reason = asPluginError(error, sink.plugin.id, 'apply');
      if (!signal.aborted) state.error ??= reason;
      // Nobody reads on: nothing more is to be done. Any other failure must not cost the rest of the words.
      if (reason.code === 'ERR_OUTPUT_CLOSED') ending.abort(reason);
      return { kind: 'refused', reason: reason.code };
    }
  }

  function report(): SessionResult {
    const { writing } = state;
    return reportOf({
      sessionId,
      label,
      audioSamples: state.audioSamples,
      segments: (signal.aborted ? writing?.heard : writing?.segments) ?? [],
      releasedAtMs: state.releasedAtMs,
      lastDraftAtMs: writing?.lastAtMs.draft,
      lastRefinedAtMs: writing?.lastAtMs.refined,
      fast: laneReport(ports.fast, ports.profile.fast),
      refine: ports.refine && laneReport(ports.refine, ports.profile.refine),
      error: state.error,
      cancelled: signal.aborted,
    });
  }

  async function endSink(sink: Opened<'sink', Sink>, result: SessionResult): Promise<void> {
    const call = {
      pluginId: sink.plugin.id,
      method: 'end',
      deadlineMs: SINK_DEADLINE_MS,
      signal: new AbortController().signal,
    };
    try {
      await callPlugin(call, (callSignal) => sink.part.end(result, callSignal));
    } catch (error) {
      state.error ??= asPluginError(error, sink.plugin.id, 'end');
    }
  }
}

/** A lane that was not needed may not be open yet; what it would have used is in its options then. */
function laneReport({ model }: Lane, { use, options }: PartChoice): LaneReport {
  const chosen = typeof options['model'] === 'string' ? options['model'] : '';
  return { runner: use, model: model ?? chosen };
}

interface SessionState {
  audioSamples: number;
  releasedAtMs?: number;
  sink?: Opened<'sink', Sink>;
  writing?: Writing;
  error?: VoiceInputError;
}
