// Decides how PulseAudio and PipeWire record: 9 ms to the first bytes, the server resamples (parecord(1)).

import type { Device } from '@voiceinput/plugin-api';
import { ask, record } from './program.ts';
import type { Recorder } from './recorder.ts';

const FORMAT = ['--raw', '--format=s16le', '--rate=16000', '--channels=1', '--latency-msec=20'];

export const parecord: Recorder = {
  name: 'parecord',
  latencyMs: 30,
  record: (device) => record('parecord', [...FORMAT, ...(device === undefined ? [] : [`--device=${device}`])]),
  async devices(signal) {
    const [sources, standard] = await Promise.all([
      ask('pactl', ['--format=json', 'list', 'sources'], signal),
      ask('pactl', ['get-default-source'], signal),
    ]);
    return (JSON.parse(sources) as PulseSource[]).filter(isMicrophone).map(({ name, description }): Device => {
      return { id: name, name: description, standard: name === standard.trim() };
    });
  },
};

interface PulseSource {
  readonly name: string;
  readonly description: string;
  readonly monitor_source?: string;
}

/** A monitor gives what is played. */
function isMicrophone({ name, monitor_source: played = '' }: PulseSource): boolean {
  return !name.endsWith('.monitor') && played === '';
}
