// Decides what the engine may know about this plugin before it is used.

import { definePlugin } from '@voiceinput/plugin-api';

export interface MicrophoneOptions {
  /** Ids or names of devices, the preferred one first. Empty: the system's standard device. */
  readonly devices?: readonly string[];
  readonly recorder?: 'auto' | 'parecord' | 'arecord' | 'node-mic';
  /** What was heard before a dictation began, kept in memory only. Above 0 the microphone stays open. */
  readonly preRollMs?: number;
}

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
      devices: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description:
          'Ids or names of devices, the preferred one first; when one goes away the next goes on. Empty: the standard one.',
      },
      recorder: {
        enum: ['auto', 'parecord', 'arecord', 'node-mic'],
        default: 'auto',
        description: 'The program that records. auto: the first of these that is there and works.',
      },
      preRollMs: {
        type: 'integer',
        minimum: 0,
        maximum: 5_000,
        default: 0,
        description:
          'So much of what was said before the key was pressed is heard too. Above 0 the microphone stays open, in memory only.',
      },
    },
  },
  async create(options, context, signal) {
    signal.throwIfAborted();
    const { openMicrophone } = await import('./microphone.ts');
    return openMicrophone(options, (message) => context.log(message));
  },
});
