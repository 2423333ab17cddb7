// How a text that is known already is written as a dictation would write it.

import type { Outcome, SessionInfo, SessionResult, Sink, VoiceInputError } from '@voiceinput/plugin-api';
import type { Turn } from '../deliver/order.ts';
import { createWriting, NOTHING_UNDONE } from '../deliver/writing.ts';
import type { Undoable } from '../deliver/undo.ts';
import type { UndoResult, Writing } from '../deliver/writing.ts';
import type { Fit } from '../deliver/pieces.ts';
import { closeInTime } from '../own/ownership.ts';
import type { Trace } from '../trace/trace.ts';
import { openOutlet } from './outlet.ts';
import { isLasting } from './ports.ts';
import type { OpenPart } from './ports.ts';

export interface Insertion extends Pick<Undoable, 'replace'> {
  /** What became of the text. Rejects with what the sink threw, or with the signal's reason when it was not written yet. */
  readonly outcome: Promise<Outcome>;
  /** Takes it back, where it is still ours. */
  undo(signal: AbortSignal): Promise<UndoResult>;
}

export interface InsertionOptions {
  readonly info: SessionInfo;
  readonly text: string;
  readonly turn: Turn;
}

export interface InsertionPorts {
  readonly trace: Trace;
  readonly fit: Fit;
  sink(): Promise<OpenPart<'sink', Sink>>;
}

const EVERYTHING = { cause: 'undo', all: true, untilSample: Number.POSITIVE_INFINITY } as const;
const SEGMENT = { segmentId: 'inserted', startSample: 0, endSample: 0 };

/** Begins at once. `signal` ends it until the text is written. */
export function startInsertion(
  { info, text, turn }: InsertionOptions,
  { trace, fit, sink: openSink }: InsertionPorts,
  signal: AbortSignal,
): Insertion {
  const { sessionId, label } = info;
  let writing: Writing | undefined;
  return {
    outcome: run(),
    undo: async (by) => (await writing?.undo(EVERYTHING, by)) ?? NOTHING_UNDONE,
    replace: async () => [],
  };

  async function run(): Promise<Outcome> {
    trace.emit({ type: 'session-started', sessionId, label });
    let done = false;
    try {
      const sink = await openSink();
      try {
        const outcome = await writeInto(sink);
        done = true;
        return outcome;
      } finally {
        if (!isLasting(sink)) {
          await writing?.close();
          await closeInTime(sink.plugin.id, () => sink.part.close());
        }
      }
    } finally {
      turn.release();
      trace.emit({ type: 'session-ended', sessionId, outcome: done ? 'done' : 'failed' });
    }
  }

  async function writeInto(sink: OpenPart<'sink', Sink>): Promise<Outcome> {
    let failure: VoiceInputError | undefined;
    const onError = (error: VoiceInputError): void => void (failure ??= error);
    const outlet = await openOutlet({ info, sink, turn, onError }, signal);
    const { secret = false } = outlet.beginning;
    writing = createWriting({ sessionId, sink: outlet, secret, fit, trace }, signal);
    await writing.endWith(SEGMENT.segmentId);
    await writing.write({ ...SEGMENT, stage: 'draft', text });
    const outcome = writing.segments[0]?.outcome ?? NOTHING;
    // Who waits for the best text has it: there is no better one.
    if (outcome.kind === 'applied') await writing.write({ ...SEGMENT, stage: 'refined', text, decision: 'confirmed' });
    if (!isLasting(sink)) await writing.close();
    await writing.end(resultOf(info, writing));
    if (failure !== undefined) throw failure;
    return outcome;
  }
}

const NOTHING: Outcome = { kind: 'refused', reason: 'no-text', explanation: 'there is no text' };

function resultOf({ sessionId, label }: SessionInfo, { segments }: Writing): SessionResult {
  const text = segments.map((segment) => segment.text).join('');
  const lanes = { fast: { runner: label, model: '' } };
  return { sessionId, label, outcome: 'done', audioSamples: 0, draft: text, text, lanes, segments };
}
