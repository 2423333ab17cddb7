// What the runner tells about itself before anything is loaded.

import { definePlugin } from '@voiceinput/plugin-api';
import { models } from './models.ts';
import { DEFAULT_MODEL, underPresentNames, type WrittenOptions } from './options.ts';

export default definePlugin<'runner', WrittenOptions>({
  id: 'runner-moonshine',
  kind: 'runner',
  api: 1,
  title: 'Moonshine speech recognition',
  // About half of all drafts, as `pnpm bench accuracy` measures it: a second reading changes none of them.
  capabilities: { languages: ['en'], maxClipMs: 30_000, proposals: true, padMs: 150, skipRefineAboveLogProb: -0.12 },
  models,
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      model: {
        type: 'string',
        minLength: 1,
        default: DEFAULT_MODEL,
        description: 'The ID of the model.',
      },
      passes: {
        type: 'integer',
        minimum: 1,
        maximum: 7,
        default: 1,
        description:
          'How many times a clip is recognised, in slightly different variants that compete. 1 is fastest; use more for the refine lane.',
      },
      readings: { deprecated: true, type: 'integer', minimum: 1, maximum: 7, description: 'The old name of `passes`.' },
      beams: {
        type: 'integer',
        minimum: 1,
        maximum: 8,
        default: 1,
        description: 'Beam width of each pass. 1 is fastest; more find a likelier text, for the refine lane.',
      },
      int8Encoder: {
        type: 'boolean',
        default: true,
        description: 'Whether to run the encoder in 8 bits: faster and smaller, slightly less accurate.',
      },
      roundedEncoder: { deprecated: true, type: 'boolean', description: 'The old name of `int8Encoder`.' },
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
    return openRunner(
      underPresentNames(options, (sentence) => context.log(sentence)),
      context,
      signal,
    );
  },
});
