// What the runner tells about itself before anything is loaded.

import { definePlugin } from '@voiceinput/plugin-api';
import { DEFAULT_MODEL, type RunnerOptions } from './options.ts';

export default definePlugin<'runner', RunnerOptions>({
  id: 'runner-moonshine',
  kind: 'runner',
  api: 1,
  title: 'Moonshine speech recognition',
  capabilities: { languages: ['en'], maxClipMs: 30_000, proposals: true },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      model: {
        type: 'string',
        minLength: 1,
        default: DEFAULT_MODEL,
        description: 'The model, by its name in the catalogue.',
      },
      readings: {
        type: 'integer',
        minimum: 1,
        maximum: 7,
        default: 1,
        description:
          'How many slightly different readings of a clip compete. 1 is fastest; more are for the refine lane.',
      },
      beams: {
        type: 'integer',
        minimum: 1,
        maximum: 8,
        default: 1,
        description:
          'How many texts are followed at once in each reading. 1 is fastest; more find a likelier text, for the refine lane.',
      },
      roundedEncoder: {
        type: 'boolean',
        default: true,
        description: 'Whether the encoder rounds to 8 bits: faster and smaller, and a little less right.',
      },
      threads: { type: 'integer', minimum: 1, description: 'Threads of a run. Default: the cores of the machine.' },
      keepMemory: {
        type: 'boolean',
        default: false,
        description: 'Keeps memory between runs: a little faster, and as large as the longest clip needed.',
      },
    },
  },
  async create(options, context, signal) {
    const { openRunner } = await import('./runner.ts');
    return openRunner(options, context, signal);
  },
});
