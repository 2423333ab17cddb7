// How PulseAudio and PipeWire record: 9 ms to the first bytes; the server resamples (parecord(1), pactl(1)).

import { spawn } from 'node:child_process';
import type { Device } from '@voiceinput/plugin-api';
import { ask, follow, plainWords } from './program.ts';
import type { Sense } from './program.ts';
import type { Recorder } from './recorder.ts';

const FORMAT = ['--raw', '--format=s16le', '--rate=16000', '--channels=1', '--latency-msec=20', '--verbose'];

export const parecord: Recorder = {
  name: 'parecord',
  latencyMs: 30,
  record(device, log) {
    const args = [...FORMAT, ...(device === undefined ? [] : [`--device=${device}`])];
    const child = spawn('parecord', args, { stdio: ['ignore', 'pipe', 'pipe'], env: plainWords() });
    return follow({ child, bytes: child.stdout, understand: (line) => understand(line, device, log) });
  },
  async devices(signal) {
    const [sources, server] = await Promise.all([
      // As text: the JSON of pactl 16 gives "(null)" for any name that is not ASCII.
      ask('pactl', ['list', 'sources'], signal),
      ask('pactl', ['info'], signal),
    ]);
    const standard = valueOf('Default Source', server);
    return sources
      .split(/\n(?=Source #)/)
      .map((about) => ({ id: valueOf('Name', about), name: valueOf('Description', about), about }))
      .filter(({ id, about }) => id !== '' && !isMonitor(id) && valueOf('Monitor of Sink', about) === 'n/a')
      .map(({ id, name }): Device => ({ id, name: name || id, standard: id === standard }));
  },
};

/** What stands after `key:`; empty when there is no such line. */
function valueOf(key: string, about: string): string {
  return new RegExp(`^\\s*${key}: (.*)$`, 'm').exec(about)?.[1]?.trim() ?? '';
}

/** A monitor gives what is played, and is what the server offers where there is no microphone. */
const isMonitor = (source: string): boolean => source.endsWith('.monitor');

/** `--verbose` tells which device was opened, and when the server moves us to another because ours went away. */
function understand(line: string, wanted: string | undefined, log: (message: string) => void): Sense {
  const opened = /^Connected to device (\S+) /.exec(line)?.[1];
  if (opened !== undefined) {
    if (wanted === undefined && isMonitor(opened))
      return { leave: `There is only ${opened}, which records what is being played.` };
    return 'opened';
  }
  const movedTo = /^Stream moved to device (\S+) /.exec(line)?.[1];
  if (movedTo !== undefined) {
    if (wanted !== undefined && movedTo !== wanted) return { leave: `${wanted} went away.` };
    if (wanted === undefined && isMonitor(movedTo)) return { leave: 'The last microphone was disconnected.' };
    log(`The default microphone is now "${movedTo}"; recording continues with it.`);
    return 'noise';
  }
  return /error|fail|denied|refused|terminated|killed/i.test(line) ? 'complaint' : 'noise';
}
