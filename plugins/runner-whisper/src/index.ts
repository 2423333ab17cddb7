// What the runner tells about itself before anything is loaded, and what takes models out of files.

import { definePlugin } from '@voiceinput/plugin-api';
import { importer } from './import/manifest.ts';
import { models } from './models.ts';
import { DEFAULT_MODEL, type WhisperOptions } from './options.ts';

export default definePlugin<'runner', WhisperOptions>({
  id: 'runner-whisper',
  kind: 'runner',
  api: 1,
  title: 'Whisper speech recognition',
  // With 400 ms of sound around speech instead of 150 base hears 1.4 points more of Russian words right.
  capabilities: { languages: ['*'], maxClipMs: 28_000, proposals: true, padMs: 400 },
  models,
  importer,
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      model: {
        type: 'string',
        minLength: 1,
        default: DEFAULT_MODEL,
        description: 'The model, by the name under which it was pulled or imported.',
      },
      beams: {
        type: 'integer',
        minimum: 1,
        maximum: 8,
        default: 1,
        description:
          'How many texts are followed at once. 1 is fastest and checks what was heard before; 4 finds a better text, for the refine lane.',
      },
      beamsWithinMs: {
        type: 'integer',
        minimum: 0,
        default: 800,
        description: 'A clip for which following several texts would take longer than this is read with one.',
      },
      precision: {
        enum: ['int8', 'float'],
        default: 'int8',
        description: 'Whether matrices are rounded to 8 bits: faster, and a quarter of the size.',
      },
      threads: { type: 'integer', minimum: 1, description: 'Threads per run. Default: the number of cores.' },
      keepMemory: {
        type: 'boolean',
        default: false,
        description: 'Keeps memory between runs: slightly faster, but as large as the longest clip needed.',
      },
    },
  },
  async create(options, context, signal) {
    const { openRunner } = await import('./runner.ts');
    return openRunner(options, context, signal);
  },
});
