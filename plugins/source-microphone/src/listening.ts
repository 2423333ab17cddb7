// Decides how one recording goes on from device to device: the first that gives audio, the next when it goes away.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { attemptsFor } from './choose.ts';
import type { Attempt } from './choose.ts';
import type { MicrophoneOptions } from './index.ts';
import { failureOf } from './recorders/recorder.ts';
import type { Recording } from './recorders/recorder.ts';
import { samplesOf } from './samples.ts';

/**
 * Samples as they come. Ends on abort. Throws `ERR_RECORDER_MISSING`, `ERR_MICROPHONE_MISSING` or `ERR_MICROPHONE_BUSY`
 * when no device gives any, and `ERR_MICROPHONE_LOST` when the last one that did went away.
 */
export async function* hear(
  options: MicrophoneOptions,
  log: (message: string) => void,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const failures: VoiceInputError[] = [];
  let delivered = false;
  for (const attempt of attemptsFor(options)) {
    if (signal.aborted) return;
    const outcome = yield* hearFrom(attempt, signal);
    if (signal.aborted) return;
    delivered ||= outcome.delivered;
    const { recorder, device = 'standard' } = attempt;
    if (outcome.delivered) log(`The microphone "${device}" went away (${recorder.name}).`);
    else failures.push(failureOf(recorder, attempt.device, outcome.words));
  }
  if (delivered)
    throw new VoiceInputError('ERR_MICROPHONE_LOST', 'The microphone went away, and no other one is there.');
  throw worstOf(failures);
}

async function* hearFrom(
  { recorder, device }: Attempt,
  signal: AbortSignal,
): AsyncGenerator<Float32Array, { delivered: boolean; words: string }> {
  const recording: Recording = recorder.record(device);
  const stop = (): void => recording.stop();
  signal.addEventListener('abort', stop, { once: true });
  let delivered = false;
  try {
    for await (const samples of samplesOf(recording.bytes)) {
      delivered = true;
      yield samples;
    }
    return { delivered, words: await recording.ended };
  } catch (error) {
    // Destroying the stream is how it is stopped.
    if (!signal.aborted) throw error;
    return { delivered, words: '' };
  } finally {
    signal.removeEventListener('abort', stop);
    recording.stop();
  }
}

/** A microphone that is there and busy is worse than a program that is not there. */
function worstOf(failures: readonly VoiceInputError[]): VoiceInputError {
  const order = ['ERR_MICROPHONE_BUSY', 'ERR_MICROPHONE_MISSING', 'ERR_RECORDER_MISSING'];
  return [...failures].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code))[0]!;
}
