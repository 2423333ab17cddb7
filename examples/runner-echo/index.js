// What is heard without any model: how long somebody spoke.

import { definePlugin, samplesToMs } from '@voiceinput/plugin-api';

export default definePlugin({
  id: 'runner-echo',
  kind: 'runner',
  api: 1,
  title: 'Says how long it was spoken to',
  capabilities: { languages: ['*'], maxClipMs: 60_000, proposals: false },
  async create(_options, _context, signal) {
    signal.throwIfAborted();
    return {
      model: 'stopwatch',
      async run({ samples }, _hint, signal) {
        signal.throwIfAborted();
        if (samples.length === 0) return { text: '' };
        return { text: `Somebody spoke for ${(samplesToMs(samples.length) / 1000).toFixed(1)} seconds.` };
      },
      async close() {},
    };
  },
});
