// What a daemon says of itself that has nothing to do.

import type { Status } from '@voiceinput/client';

export const idleStatus: Status = {
  version: '0.1.0',
  pid: 1,
  startedAt: '2026-11-21T06:00:00.000Z',
  state: 'idle',
  transcribing: [],
  profile: 'default',
  profiles: ['default'],
  hybrid: true,
  fingerprint: '',
  source: { use: 'source-microphone', options: {} },
  sink: { use: 'sink-desktop', options: {} },
  mode: 'hold',
  key: { name: '' },
  processes: [],
  settingsFiles: [],
  settingsFile: '',
  seq: 0,
};
