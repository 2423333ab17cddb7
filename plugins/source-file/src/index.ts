// What the engine may know about this plugin before it is used.

import { definePlugin } from '@voiceinput/plugin-api';
import type { FileSourceOptions } from './options.ts';

export type { FileSourceOptions } from './options.ts';

export default definePlugin<'source', FileSourceOptions>({
  id: 'source-file',
  kind: 'source',
  api: 1,
  title: 'Audio files',
  capabilities: {},
  config: {
    type: 'object',
    required: ['path'],
    additionalProperties: false,
    properties: {
      path: { type: 'string', minLength: 1, description: 'The audio file, or - for standard input.' },
      realtime: { type: 'boolean', default: false, description: 'Process it at the speed of speech.' },
      raw: { type: 'boolean', default: false, description: 'Headerless audio: 16 kHz, signed 16-bit, mono.' },
    },
  },
  async create(options, { log }, signal) {
    signal.throwIfAborted();
    const { openFileSource } = await import('./source.ts');
    return openFileSource(options, log);
  },
});
