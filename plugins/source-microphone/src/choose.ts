// Decides with which recorders and devices it is tried, in which order.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Device } from '@voiceinput/plugin-api';
import type { MicrophoneOptions } from './index.ts';
import { arecord } from './recorders/arecord.ts';
import { nodeMic } from './recorders/node-mic.ts';
import { parecord } from './recorders/parecord.ts';
import type { Recorder } from './recorders/recorder.ts';

const all = { parecord, arecord, 'node-mic': nodeMic };

export interface Attempt {
  readonly recorder: Recorder;
  /** Absent: the standard device. */
  readonly device?: string;
}

export function recordersFor({ recorder = 'auto' }: MicrophoneOptions): readonly Recorder[] {
  if (recorder !== 'auto') return [all[recorder]];
  return process.platform === 'linux' ? [parecord, arecord, nodeMic] : [nodeMic];
}

/** Every device with the first recorder, then with the next. */
export function attemptsFor(options: MicrophoneOptions): readonly Attempt[] {
  const { devices = [] } = options;
  return recordersFor(options).flatMap((recorder) =>
    devices.length === 0 ? [{ recorder }] : devices.map((device) => ({ recorder, device })),
  );
}

/** The devices of the first recorder that knows any. Rejects with `ERR_RECORDER_MISSING` when no program is there. */
export async function listDevices(options: MicrophoneOptions, signal: AbortSignal): Promise<readonly Device[]> {
  const reasons: string[] = [];
  for (const recorder of recordersFor(options)) {
    try {
      const devices = await recorder.devices(signal);
      if (devices.length > 0) return devices;
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${recorder.name}: ${(error as Error).message}`);
    }
  }
  if (reasons.length < recordersFor(options).length) return [];
  throw new VoiceInputError('ERR_RECORDER_MISSING', `No microphone can be listed: ${reasons.join('; ')}`);
}
