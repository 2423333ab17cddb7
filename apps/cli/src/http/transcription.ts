// The course of one transcription over HTTP: a slot, the upload, its turn, the answer, and nothing left behind.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { followAborts } from '@voiceinput/engine';
import { startDeadline } from '@voiceinput/plugin-api';
import type { SessionResult } from '@voiceinput/plugin-api';
import type { Choice } from './choice.ts';
import { createEventStream } from './event-stream.ts';
import type { EventStream } from './event-stream.ts';
import { receiveForm } from './form.ts';
import type { Limits } from './limits.ts';
import type { TranscriptionSlot, Slots } from './slots.ts';
import type { ReadRequest } from './reading.ts';
import { answerOf, Refusal } from './refusal.ts';
import { warningHeaders, warningsField } from './warning.ts';
import { withUpload } from './uploads.ts';
import type { TranscriptionRequest } from './request.ts';
import { transcriptionRequestOf } from './request.ts';
import { usageOf, written } from './written.ts';

export interface TranscriptionPort {
  readonly limits: Limits;
  readonly slots: Slots;
  readonly runtimeFolder: string;
  /** Aborted, with what is then answered, when the daemon ends. */
  readonly closing: AbortSignal;
  /** Throws a refusal for what is not there. */
  choose(request: TranscriptionRequest): Choice;
  /** Rejects with the signal's reason on abort. */
  read(choice: Choice, request: Omit<ReadRequest, 'quiet'>, signal: AbortSignal): Promise<SessionResult>;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** The answer, or the beginning of it. Rejects with what is to be answered instead. `hungUp`: the client waits no more. */
export async function transcribe(exchange: Exchange, port: TranscriptionPort, hungUp: AbortSignal): Promise<Response> {
  const slot = port.slots.take();
  const { control, unfollow } = followAborts(hungUp, port.closing);
  const events = createEventStream();
  const work = run(exchange, { ...port, slot, events, control }).finally(() => {
    unfollow();
    slot.release();
  });
  return Promise.race([events.begun, work]);
}

interface Running extends TranscriptionPort {
  readonly slot: TranscriptionSlot;
  readonly events: EventStream;
  readonly control: AbortController;
}

async function run({ incoming, outgoing }: Exchange, running: Running): Promise<Response> {
  const { events, runtimeFolder, limits, control } = running;
  try {
    return await withUpload(runtimeFolder, async ({ path, file }) => {
      if (isWaiting(incoming)) outgoing.writeContinue();
      const form = await within(control, late(408, 'The upload took', limits.uploadMs), () =>
        receiveForm(incoming, { file, limits }, control.signal),
      );
      const request = transcriptionRequestOf(form);
      return within(control, late(504, 'The transcription took', limits.answerMs), () =>
        answer(request, path, running),
      );
    });
  } catch (error) {
    if (!events.hasBegun) throw error;
    events.send(answerOf(error).body);
    events.end();
    return events.begun;
  }
}

async function answer(request: TranscriptionRequest, path: string, running: Running): Promise<Response> {
  const { slot, events, control, choose, read } = running;
  const { label, words } = request;
  const choice = choose(request);
  const drafted = (delta: string): void => {
    if (request.stream && delta !== '') events.send({ type: 'transcript.text.delta', delta });
  };
  const result = await slot.run(() => read(choice, { path, label, words, drafted }, control.signal), control.signal);
  const { type, body, warnings } = await written(result, { ...request, language: choice.language });
  if (!request.stream) return new Response(body, { headers: { 'Content-Type': type, ...warningHeaders(warnings) } });
  const told = { type: 'transcript.text.done', text: result.text, usage: usageOf(result), ...warningsField(warnings) };
  events.send(told);
  events.end();
  return events.begun;
}

/** Whether the client sends the form only when it is told to. */
const isWaiting = ({ headers }: IncomingMessage): boolean => /^100-continue$/i.test(headers.expect ?? '');

interface Lateness {
  readonly afterMs: number;
  readonly reason: Refusal;
}

function late(status: 408 | 504, what: string, afterMs: number): Lateness {
  const code = status === 408 ? 'ERR_REQUEST_INVALID' : 'ERR_LANE_TIMEOUT';
  return { afterMs, reason: new Refusal(code, `${what} longer than ${afterMs / 1000} s.`, { status }) };
}

async function within<T>(control: AbortController, { afterMs, reason }: Lateness, work: () => Promise<T>): Promise<T> {
  const deadline = startDeadline(afterMs, () => control.abort(reason));
  try {
    return await work();
  } finally {
    deadline.stop();
  }
}
