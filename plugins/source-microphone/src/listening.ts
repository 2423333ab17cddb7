// How one recording goes on from device to device: the first that gives audio, the next when it goes away.

import { VoiceInputError, quoted } from '@voiceinput/plugin-api';
import { recordersFor, wantedDevices } from './choose.ts';
import type { MicrophoneOptions } from './options.ts';
import type { Ending, Recorder } from './recorders/recorder.ts';

export interface Told {
  log(message: string): void;
  /** Told of a device that went away while another goes on. */
  warn(error: VoiceInputError): void;
  /** The recorder that is tried now. */
  using(recorder: Recorder): void;
}

type Wanted = string | undefined;

/**
 * Samples as they come. Ends on abort, when the recorder is gone. Throws `ERR_RECORDER_MISSING`,
 * `ERR_MICROPHONE_MISSING` or `ERR_MICROPHONE_BUSY` when no device gives any, and `ERR_MICROPHONE_LOST` when the last
 * one that did went away.
 */
export async function* hear(options: MicrophoneOptions, told: Told, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const failures: VoiceInputError[] = [];
  for (const recorder of recordersFor(options)) {
    told.using(recorder);
    const found = yield* hearWith(recorder, { wanted: wantedDevices(options), log: told.log, warn: told.warn, signal });
    if (signal.aborted) return;
    failures.push(...found);
    // Another recorder reaches the same devices: it helps only where this one cannot work at all.
    if (found.some(({ code }) => code !== 'ERR_RECORDER_MISSING')) break;
  }
  throw worstOf(failures);
}

interface Task {
  readonly wanted: readonly Wanted[];
  readonly log: Told['log'];
  readonly warn: Told['warn'];
  readonly signal: AbortSignal;
}

/** Gives why it cannot go on. */
async function* hearWith(recorder: Recorder, task: Task): AsyncGenerator<Float32Array, VoiceInputError[]> {
  const { wanted, log, warn, signal } = task;
  let failures: VoiceInputError[] = [];
  let waiting = [...wanted];
  while (waiting.length > 0 && !signal.aborted) {
    const device = waiting.shift();
    const ending = yield* hearFrom(recorder, device, task);
    if (signal.aborted) break;
    const failure = failureOf(recorder, device, ending);
    const isLost = failure.code === 'ERR_MICROPHONE_LOST';
    if (isLost) {
      // One that was not there before may be by now.
      waiting = wanted.filter((other) => other !== device);
      failures = [failure];
    } else failures.push(failure);
    if (waiting.length === 0 || signal.aborted) continue;
    if (isLost) warn(handedOver(failure, waiting[0]));
    else log(`${failure.message} Trying ${titleOf(waiting[0])}.`);
  }
  return failures;
}

/** By id; where there is none of that id, by name. */
async function* hearFrom(recorder: Recorder, device: Wanted, task: Task): AsyncGenerator<Float32Array, Ending> {
  const ending = yield* record(recorder, device, task);
  if (device === undefined || ending.code !== 'ERR_MICROPHONE_MISSING' || task.signal.aborted) return ending;
  const id = await idOf(recorder, device, task.signal);
  return id === undefined || task.signal.aborted ? ending : yield* record(recorder, id, task);
}

async function* record(
  recorder: Recorder,
  device: Wanted,
  { log, signal }: Task,
): AsyncGenerator<Float32Array, Ending> {
  const recording = recorder.record(device, log);
  const stop = (): void => recording.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    yield* recording.samples();
    return await recording.ended;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await recording.ended;
  }
}

async function idOf(recorder: Recorder, name: string, signal: AbortSignal): Promise<string | undefined> {
  // Where nothing can be listed nothing is found by name; what the recorder itself said tells more.
  const devices = await recorder.devices(signal).catch(() => []);
  return devices.find((device) => device.name === name && device.id !== name)?.id;
}

/** Its user does not see which one hears, and what was said in between is missing. */
function handedOver({ message }: VoiceInputError, next: Wanted): VoiceInputError {
  return new VoiceInputError('ERR_MICROPHONE_LOST', `${message} Recording goes on with ${titleOf(next)}.`, {
    hint: 'Look through the text: some words may be missing.',
  });
}

const titleOf = (device: Wanted): string => (device === undefined ? 'the standard microphone' : quoted(device));

function failureOf(recorder: Recorder, device: Wanted, { code, words }: Ending): VoiceInputError {
  const which = device === undefined ? 'The default microphone' : `The microphone ${quoted(device)}`;
  const said = words === '' ? recorder.name : `${recorder.name}: ${words}`;
  const what = {
    ERR_RECORDER_MISSING: `${recorder.name} cannot record here (${said}).`,
    ERR_MICROPHONE_MISSING: `${which} is not there (${said}).`,
    ERR_MICROPHONE_BUSY: `${which} cannot be opened; something else may hold it (${said}).`,
    ERR_MICROPHONE_LOST: `${which} went away (${said}).`,
  };
  return new VoiceInputError(code, what[code]);
}

/** What went on longest tells most; a microphone that is there and busy more than one that is not. */
function worstOf(failures: readonly VoiceInputError[]): VoiceInputError {
  const order = ['ERR_MICROPHONE_LOST', 'ERR_MICROPHONE_BUSY', 'ERR_MICROPHONE_MISSING', 'ERR_RECORDER_MISSING'];
  return [...failures].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code))[0]!;
}
