// What the plugin is: a dictation as JSON on standard output, for other programs.

import { definePlugin } from '@voiceinput/plugin-api';
import { jsonSink } from './sink.ts';

export type { ResultLine, TextLine } from '@voiceinput/plugin-api';
export { jsonSink } from './sink.ts';

export default definePlugin({
  id: 'sink-json',
  kind: 'sink',
  api: 1,
  title: 'Writes one JSON object per line',
  capabilities: { partials: true, needs: ['terminal'] },
  async create(_config, _context, signal) {
    signal.throwIfAborted();
    return jsonSink(process.stdout);
  },
});
