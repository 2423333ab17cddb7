// Decides how ALSA records: 33 ms to the first bytes, the plug layer resamples (arecord(1)).

import type { Device } from '@voiceinput/plugin-api';
import { ask, record } from './program.ts';
import type { Recorder } from './recorder.ts';

const FORMAT = ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', '16000', '-c', '1'];
/** In microseconds. */
const BUFFERS = ['--buffer-time=100000', '--period-time=20000'];

export const arecord: Recorder = {
  name: 'arecord',
  latencyMs: 40,
  record: (device) => record('arecord', [...FORMAT, ...BUFFERS, ...(device === undefined ? [] : ['-D', device]), '-']),
  async devices(signal) {
    const listed = await ask('arecord', ['-L'], signal);
    // A name, then indented lines that describe it.
    const entries = listed.split(/\n(?=\S)/).map((entry) => entry.split('\n').map((line) => line.trim()));
    return entries
      .filter(([id = '']) => id === 'default' || id.startsWith('plughw:'))
      .map(([id = '', ...about]): Device => ({
        id,
        name: about.filter(Boolean).join(', ') || id,
        standard: id === 'default',
      }));
  },
};
