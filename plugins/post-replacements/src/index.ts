// What the plugin is: the user's own words, put where the runner heard something else.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Transcript } from '@voiceinput/plugin-api';
import { dictionaryOf } from './dictionary.ts';
import { replaceIn } from './replace.ts';

export interface Options {
  /** What is heard → what is written. */
  readonly replacements: Readonly<Record<string, string>>;
}

export default definePlugin<'postprocessor', Options>({
  id: 'post-replacements',
  kind: 'postprocessor',
  api: 1,
  title: 'Replaces words with your own spelling',
  capabilities: { scope: 'segment', stages: ['partial', 'draft', 'refined'] },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: {
      replacements: {
        description: 'Recognised text → replacement.',
        type: 'object',
        propertyNames: { pattern: '\\S' },
        additionalProperties: { type: 'string' },
        default: {},
      },
    },
  },
  // #region commands
  commands: [
    {
      id: 'try',
      title: 'Try the replacements on a text',
      arguments: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: { text: { type: 'string', description: 'The recognised text.' } },
      },
    },
  ],
  // #endregion
  async create({ replacements }, _context, signal) {
    signal.throwIfAborted();
    const dictionary = dictionaryOf(replacements);
    return {
      async process(transcript, context, signal) {
        signal.throwIfAborted();
        const text = replaceIn(transcript.text, dictionary, transcript.language ?? context.language);
        return text === transcript.text ? transcript : rewritten(transcript, text);
      },
      // #region perform
      async perform(_command, { text }, signal) {
        signal.throwIfAborted();
        return { text: replaceIn(String(text), dictionary) };
      },
      // #endregion
      close: async () => undefined,
    };
  },
});

/** `words` no longer are the text's words, so they go. `tokens` stay: they tell what was heard. */
function rewritten({ words: _words, ...heard }: Transcript, text: string): Transcript {
  return { ...heard, text };
}
