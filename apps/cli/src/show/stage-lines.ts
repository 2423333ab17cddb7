// How the demo tells draft from refined text where nothing can be mended in place: a line for each.

import { definePlugin, openOutput } from '@voiceinput/plugin-api';
import { told } from '../messages/in-locale.ts';

export default definePlugin<'sink'>({
  id: 'sink-stage-lines',
  kind: 'sink',
  api: 1,
  title: 'A line for each draft and each refined text',
  capabilities: { partials: false },
  async create(_options, _context, creating) {
    creating.throwIfAborted();
    const output = openOutput(process.stdout);
    return {
      async begin(_session, signal) {
        signal.throwIfAborted();
        return {};
      },
      async apply({ segment: { stage, text } }, signal) {
        await output.write(`${told(stage).padEnd(8)} ${text}\n`, signal);
        return { kind: 'applied', proof: 'unverified' };
      },
      async end(_result, signal) {
        signal.throwIfAborted();
      },
      close: async () => output.close(),
    };
  },
});
