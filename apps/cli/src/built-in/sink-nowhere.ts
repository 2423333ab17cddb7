// What becomes of text that is wanted in the history only.

import { definePlugin } from '@voiceinput/plugin-api';

const sinkNowhere = definePlugin<'sink'>({
  id: 'sink-nowhere',
  kind: 'sink',
  api: 1,
  title: 'Writes nothing',
  capabilities: { partials: false, reasons: { 'history-only': 'the daemon cannot type into windows' } },
  async create(_options, _context, creating) {
    creating.throwIfAborted();
    return {
      async begin(_session, signal) {
        signal.throwIfAborted();
        return {};
      },
      async apply(_edit, signal) {
        signal.throwIfAborted();
        return { kind: 'offered', reason: 'history-only' };
      },
      async end(_result, signal) {
        signal.throwIfAborted();
      },
      close: async () => undefined,
    };
  },
});

export default sinkNowhere;

/** The sink of text that goes into the history only. */
export const NOWHERE = { use: sinkNowhere.id, options: {} } as const;
