// How the demo tells draft from refined text where nothing can be mended in place: a line for each.

import { definePlugin, openOutput } from '@voiceinput/plugin-api';

export default definePlugin({
  id: 'sink-stage-lines',
  kind: 'sink',
  api: 1,
  title: 'A line for each draft and each refined text',
  capabilities: { partials: false },
  async create() {
    const output = openOutput(process.stdout);
    return {
      begin: async () => ({}),
      async apply({ segment: { stage, text } }, signal) {
        await output.write(`${stage.padEnd(8)} ${text}\n`, signal);
        return { kind: 'applied', proof: 'unverified' };
      },
      end: async () => undefined,
      close: async () => output.close(),
    };
  },
});
