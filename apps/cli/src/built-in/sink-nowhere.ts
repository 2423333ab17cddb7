// What becomes of text that is wanted in the history only.

import { definePlugin } from '@voiceinput/plugin-api';

const sinkNowhere = definePlugin({
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

export default sinkNowhere;

/** The sink of text that goes into the history only. */
export const NOWHERE = { use: sinkNowhere.id, options: {} } as const;
