// How node-mic records: in a process of its own, for it prints its arguments to standard output.

import { fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Device } from '@voiceinput/plugin-api';
import { listAlsaDevices } from './arecord.ts';
import { follow, plainWords } from './program.ts';
import type { Recorder } from './recorder.ts';

const AUDIO_DESCRIPTOR = 3;
/** What sox calls the device that the system has chosen. */
const STANDARD: Device = { id: 'default', name: 'The default microphone', standard: true };

export const nodeMic: Recorder = {
  name: 'node-mic',
  latencyMs: 250,
  record(device) {
    const wanted = device === STANDARD.id ? undefined : device;
    const child = fork(new URL(import.meta.resolve('#node-mic-process')), wanted === undefined ? [] : [wanted], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
      env: plainWords(),
    });
    return follow({ child, bytes: child.stdio[AUDIO_DESCRIPTOR] as Readable });
  },
  // Only on Linux does node-mic use a recorder that can list what there is.
  devices: async (signal) => (process.platform === 'linux' ? listAlsaDevices(signal) : [STANDARD]),
};
