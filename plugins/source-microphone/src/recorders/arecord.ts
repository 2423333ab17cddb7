// How ALSA records: 33 ms to the first bytes; its plug layer resamples (arecord(1)).

import { spawn } from 'node:child_process';
import type { Device } from '@voiceinput/plugin-api';
import { ask, follow, plainWords } from './program.ts';
import type { Recorder } from './recorder.ts';

const FORMAT = ['--quiet', '--file-type=raw', '--format=S16_LE', '--rate=16000', '--channels=1'];
/** In microseconds. */
const BUFFERS = ['--buffer-time=100000', '--period-time=20000'];

export const arecord: Recorder = {
  name: 'arecord',
  latencyMs: 40,
  record(device) {
    const args = [...FORMAT, ...BUFFERS, ...(device === undefined ? [] : [`--device=${device}`]), '-'];
    const child = spawn('arecord', args, { stdio: ['ignore', 'pipe', 'pipe'], env: plainWords() });
    return follow({ child, bytes: child.stdout });
  },
  devices: listAlsaDevices,
};

/** `default` and every `plughw` device: those convert rates and channels, a bare `hw` device does not. */
export async function listAlsaDevices(signal: AbortSignal): Promise<readonly Device[]> {
  const listed = await ask('arecord', ['--list-pcms'], signal);
  // A name, then indented lines that describe it.
  const entries = listed.split(/\n(?=\S)/).map((entry) => entry.split('\n').map((line) => line.trim()));
  return entries
    .filter(([id = '']) => id === 'default' || id.startsWith('plughw:'))
    .map(([id = '', ...about]): Device => {
      return { id, name: about.filter(Boolean).join(', ') || id, standard: id === 'default' };
    });
}
