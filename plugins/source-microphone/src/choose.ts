// With which recorders and devices it is tried, in which order.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Device } from '@voiceinput/plugin-api';
import type { MicrophoneOptions } from './options.ts';
import { arecord } from './recorders/arecord.ts';
import { nodeMic } from './recorders/node-mic.ts';
import { parecord } from './recorders/parecord.ts';
import type { Recorder } from './recorders/recorder.ts';

const all = { parecord, arecord, 'node-mic': nodeMic };

/** At least one. */
export function recordersFor({ recorder = 'auto' }: MicrophoneOptions): readonly [Recorder, ...Recorder[]] {
  if (recorder !== 'auto') return [all[recorder]];
  return process.platform === 'linux' ? [parecord, arecord, nodeMic] : [nodeMic];
}

/** What the user named, the preferred one first. `undefined` is the standard device. */
export function wantedDevices({ device }: MicrophoneOptions): readonly (string | undefined)[] {
  if (device === undefined) return [undefined];
  return typeof device === 'string' ? [device] : [...new Set(device)];
}

/** The devices of the first recorder that can say. Rejects with `ERR_RECORDER_MISSING` when none can. */
export async function listDevices(options: MicrophoneOptions, signal: AbortSignal): Promise<readonly Device[]> {
  const reasons: string[] = [];
  for (const recorder of recordersFor(options)) {
    try {
      return await recorder.devices(signal);
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${recorder.name}: ${(error as Error).message.trim()}`);
    }
  }
  const isServerAway = reasons.some((reason) => SERVER_AWAY.test(reason));
  throw new VoiceInputError(
    'ERR_RECORDER_MISSING',
    `No microphone can be listed (${reasons.join('; ')}).`,
    isServerAway ? { hint: START_SERVER } : {},
  );
}

/** What `pactl` says where PulseAudio is installed and does not run. */
const SERVER_AWAY = /connection refused|connection terminated|connection failure/i;
const START_SERVER =
  'The sound server does not run. Start it with: systemctl --user start pipewire-pulse (or pulseaudio --start)';
