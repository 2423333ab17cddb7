// A dictation is shouted: a plugin in one TypeScript file that a configuration names by its path.

import { definePlugin } from '@voiceinput/plugin-api';

export default definePlugin({
  id: 'post-shout',
  kind: 'postprocessor',
  api: 1,
  title: 'Writes everything in capitals',
  capabilities: { scope: 'segment', stages: ['refined'] },
  async create(_options, _context, signal) {
    signal.throwIfAborted();
    return {
      async process(transcript, _stage, signal) {
        signal.throwIfAborted();
        return { ...transcript, text: transcript.text.toUpperCase() };
      },
      close: async () => undefined,
    };
  },
});
