// A phrase is heard in every clip: a plugin with a model of its own.

import { readFile } from 'node:fs/promises';
import { definePlugin } from '@voiceinput/plugin-api';

export default definePlugin({
  id: 'runner-phrases',
  kind: 'runner',
  api: 1,
  title: 'Hears one phrase after the other',
  capabilities: { languages: ['en'], maxClipMs: 60_000, proposals: false },
  models: [
    {
      id: 'phrase-book',
      title: 'Two phrases',
      languages: ['en'],
      license: 'MIT',
      attribution: 'Copyright (c) 2026 The authors of VoiceInput',
      homepage: 'https://example.org/phrase-book',
      sources: [new URL('./phrases', import.meta.url).href as `file:${string}`],
      files: [
        {
          name: 'phrases',
          path: 'phrases.txt',
          sha256: '22b4da4963c0c517cac42f178d2e70e55a2bd62253b08f874b164474d801a7f2',
          bytes: 43,
        },
      ],
    },
  ],
  async create(_options, context, signal) {
    const { files } = await context.models.locate('phrase-book', signal);
    const phrases = (await readFile(files['phrases']!, 'utf8')).trim().split('\n');
    let heard = 0;
    return {
      model: 'phrase-book',
      async run({ samples }, _hint, signal) {
        signal.throwIfAborted();
        if (samples.length === 0) return { text: '' };
        return { text: phrases[heard++ % phrases.length]! };
      },
      close: async () => undefined,
    };
  },
});
