// Where a measurement's text goes: nowhere. Partials are taken, as a terminal would.

import { definePlugin } from '@voiceinput/plugin-api';

export const quietSink = definePlugin<'sink'>({
  id: 'sink-quiet',
  kind: 'sink',
  api: 1,
  title: 'Shows nothing',
  capabilities: { partials: true },
  create: async () => ({
    begin: async () => ({}),
    apply: async () => ({ kind: 'applied', proof: 'unverified' }),
    end: async () => undefined,
    close: async () => undefined,
  }),
});
