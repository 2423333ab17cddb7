// What the fast lane says where only the refine lane is to work: a word at once that asks to be read again.

import { definePlugin } from '@voiceinput/plugin-api';

export default definePlugin<'runner'>({
  id: 'runner-unsure',
  kind: 'runner',
  api: 1,
  title: 'Hears one word in everything',
  capabilities: { languages: ['*'], maxClipMs: 30_000, proposals: false },
  create: async () => ({
    model: 'none',
    run: async () => ({ text: 'word' }),
    close: async () => undefined,
  }),
});
