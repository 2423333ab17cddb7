// What the plugin is: a dictation in the terminal, mending itself in place.

import { definePlugin } from '@voiceinput/plugin-api';
import { MARK_MS, terminalSink } from './sink.ts';
import type { Options } from './sink.ts';

export { terminalSink } from './sink.ts';
export type { Options } from './sink.ts';
export type { TerminalStream } from './stream.ts';

const auto = { enum: ['auto', true, false], default: 'auto' };

export default definePlugin<'sink', Options>({
  id: 'sink-terminal',
  kind: 'sink',
  api: 1,
  title: 'Shows the text in the terminal',
  capabilities: {
    partials: true,
    needs: ['terminal'],
    reasons: {
      'no-session': 'no dictation has started',
      'scrolled-away': 'it has scrolled away',
      stale: 'a newer version was already there',
    },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      live: { ...auto, description: 'Whether text is updated in place; auto: when the output is a terminal.' },
      colors: { ...auto, description: 'Whether partial and changed words are coloured.' },
      markMs: { type: 'number', minimum: 0, default: MARK_MS, description: 'How long changed words are highlighted.' },
    },
  },
  async create(options, _context, signal) {
    signal.throwIfAborted();
    return terminalSink(process.stdout, options);
  },
});
