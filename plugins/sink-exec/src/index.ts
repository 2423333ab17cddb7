// What the plugin is: a program that gets the text of a dictation on standard input.

import { definePlugin } from '@voiceinput/plugin-api';
import type { ExecOptions } from './options.ts';

export type { ExecOptions } from './options.ts';

export default definePlugin<'sink', ExecOptions>({
  id: 'sink-exec',
  kind: 'sink',
  api: 1,
  title: 'Passes text to a program',
  capabilities: {
    partials: false,
    lasting: true,
    reasons: { 'program-failed': 'the program failed', 'unknown-session': 'too many dictations came after it' },
  },
  config: {
    type: 'object',
    required: ['command'],
    additionalProperties: false,
    properties: {
      command: {
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
        description: 'The program and its arguments, run without a shell.',
      },
      stage: {
        enum: ['draft', 'refined', 'both'],
        default: 'refined',
        description: 'Which texts to pass; VOICEINPUT_STAGE holds the stage.',
      },
      timeoutMs: {
        type: 'integer',
        minimum: 100,
        maximum: 50_000,
        default: 30_000,
        description: 'A program that takes longer is killed.',
      },
    },
  },
  async create(options, _context, signal) {
    signal.throwIfAborted();
    const { execSink } = await import('./sink.ts');
    return execSink(options);
  },
});
