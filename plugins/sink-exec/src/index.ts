// What the plugin is: a program that gets the text of a dictation on standard input.

import { definePlugin } from '@voiceinput/plugin-api';
import type { ExecOptions } from './options.ts';

export type { ExecOptions } from './options.ts';

export default definePlugin<'sink', ExecOptions>({
  id: 'sink-exec',
  kind: 'sink',
  api: 1,
  title: 'Gives texts to a program',
  capabilities: { partials: false },
  config: {
    type: 'object',
    required: ['command'],
    additionalProperties: false,
    properties: {
      command: {
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
        description: 'The program and its arguments; there is no shell.',
      },
      stage: {
        enum: ['draft', 'refined', 'both'],
        default: 'refined',
        description: 'Which texts it gets; the stage is in VOICEINPUT_STAGE.',
      },
      timeoutMs: {
        type: 'integer',
        minimum: 100,
        maximum: 50_000,
        default: 30_000,
        description: 'A program that takes longer is ended.',
      },
    },
  },
  async create(options, _context, signal) {
    signal.throwIfAborted();
    const { execSink } = await import('./sink.ts');
    return execSink(options);
  },
});
