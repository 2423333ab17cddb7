// How a program of your own dictates: node --import jiti/register transcribe-file.ts FILE

import { createEngine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { definePlugin } from '@voiceinput/plugin-api';
import { plugins, profile } from './profile.ts';

const [path = '../fixtures/two-sentences.flac'] = process.argv.slice(2);

// #region sink
const printing = definePlugin({
  id: 'sink-printing',
  kind: 'sink',
  api: 1,
  title: 'Prints every text as it comes',
  capabilities: { partials: false },
  create: async () => ({
    begin: async () => ({}),
    async apply({ segment }) {
      process.stdout.write(`${segment.stage}: ${segment.text}\n`);
      return { kind: 'applied', proof: 'unverified' };
    },
    end: async () => undefined,
    close: async () => undefined,
  }),
});
// #endregion

// #region dictate
const sink = { plugin: printing, url: import.meta.url };
const models = openModelStore({ plugins });
const engine = createEngine({ profile, plugins: [...plugins, sink], models });
const result = await engine.dictate(
  { label: path, source: { use: 'source-file', options: { path } }, sink: { use: 'sink-printing', options: {} } },
  new AbortController().signal,
);
await engine.close();
process.stdout.write(`${result.outcome}: ${result.text}\n`);
// #endregion
