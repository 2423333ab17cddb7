// What becomes of text that is wanted in the history only.

import { definePlugin } from '@voiceinput/plugin-api';

export default definePlugin({
  id: 'sink-nowhere',
  kind: 'sink',
  api: 1,
  title: 'Writes nothing',
  capabilities: { partials: false },
  create: async () => ({
    begin: async () => ({}),
    apply: async () => ({ kind: 'offered', reason: 'history-only' }),
    end: async () => undefined,
    close: async () => undefined,
  }),
});
