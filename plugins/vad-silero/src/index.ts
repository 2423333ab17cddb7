// What the detector tells about itself before anything is loaded.

import { definePlugin } from '@voiceinput/plugin-api';
import { models } from './models.ts';
import { DEFAULT_MODEL, type VadOptions } from './options.ts';

export default definePlugin<'vad', VadOptions>({
  id: 'vad-silero',
  kind: 'vad',
  api: 1,
  title: 'Silero voice activity',
  capabilities: { enterProbability: 0.5, leaveProbability: 0.35, sureProbability: 0.7 },
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
    },
  },
  async create(options, context, signal) {
    const { openVad } = await import('./vad.ts');
    return openVad(options, context, signal);
  },
});
