// Decides how node-mic records, where nothing quicker is there: in a process of its own, for it prints to standard output.

import { fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Recorder } from './recorder.ts';

const AUDIO_DESCRIPTOR = 3;

export const nodeMic: Recorder = {
  name: 'node-mic',
  latencyMs: 150,
  record(device) {
    const child = fork(new URL('./node-mic-process.js', import.meta.url), device === undefined ? [] : [device], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
    });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words += text));
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', () => resolve(words));
    });
    return {
      bytes: child.stdio[AUDIO_DESCRIPTOR] as Readable,
      ended,
      // It ends what it started when it is no longer listened to.
      stop: () => child.connected && child.disconnect(),
    };
  },
  devices: async () => [],
};
