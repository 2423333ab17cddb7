// Which words of a dictation stand between asterisks.

import { definePlugin } from '@voiceinput/plugin-api';

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

export default definePlugin({
  id: 'post-emphasis',
  kind: 'postprocessor',
  api: 1,
  title: 'Puts chosen words between asterisks',
  capabilities: { scope: 'segment', stages: ['draft', 'refined'] },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      words: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description: 'The words, in any case.',
      },
      mark: { type: 'string', minLength: 1, default: '*', description: 'What stands on both sides.' },
    },
  },
  async create({ words, mark }, _context, signal) {
    signal.throwIfAborted();
    const chosen = new Set(words.map((word) => word.toLowerCase()));
    const emphasized = (word) => (chosen.has(word.toLowerCase()) ? `${mark}${word}${mark}` : word);
    return {
      async process(transcript, _stage, signal) {
        signal.throwIfAborted();
        return { ...transcript, text: transcript.text.replace(WORD, emphasized) };
      },
      async close() {},
    };
  },
});
