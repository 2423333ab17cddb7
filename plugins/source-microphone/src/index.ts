// What the engine may know about this plugin before it is used.

import { definePlugin } from '@voiceinput/plugin-api';
import type { MicrophoneOptions } from './options.ts';

export type { MicrophoneOptions } from './options.ts';

export default definePlugin<'source', MicrophoneOptions>({
  id: 'source-microphone',
  kind: 'source',
  api: 1,
  title: 'The microphone',
  capabilities: { devices: true, lasting: true },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      device: {
        type: ['string', 'array'],
        items: { type: 'string', minLength: 1 },
        minLength: 1,
        minItems: 1,
        description:
          'ID or name of a device, or a list in order of preference: when one is disconnected, the next takes over. Default: the default microphone.',
      },
      recorder: {
        enum: ['auto', 'parecord', 'arecord', 'node-mic'],
        default: 'auto',
        description: 'The recording program. auto: the first of these that works here.',
      },
      preRollMs: {
        type: 'integer',
        minimum: 0,
        maximum: 5_000,
        default: 0,
        description:
          'How much audio from before the start is included. Above 0 the microphone stays open between dictations; that audio is only held in memory.',
      },
    },
  },
  async create(options, context, signal) {
    signal.throwIfAborted();
    const { openMicrophone } = await import('./microphone.ts');
    return openMicrophone(options, context);
  },
});
