// What a configuration file may hold, as one JSON Schema for the validation, editors and docs.

import type { Plugin, JsonSchema } from '@voiceinput/plugin-api';
import { choiceOf } from './choice.ts';
import { dictationSchema } from './dictation.ts';

const probability = { type: 'number', minimum: 0, maximum: 1 };
const milliseconds = { type: 'integer', minimum: 0, maximum: 600_000 };
const language = { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$' };
const languages = { type: 'array', items: language, minItems: 1, uniqueItems: true };
/** What no text can be is no key. */
const replacements = {
  type: 'object',
  propertyNames: { pattern: '\\S' },
  additionalProperties: { type: 'string' },
};
const words = { type: 'array', items: { type: 'string', minLength: 1 } };

/** The schema of a configuration in which these plugins can be used. */
export function configurationSchema(plugins: readonly Plugin[]): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'VoiceInput configuration',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      hybrid: {
        type: 'boolean',
        default: true,
        description: 'Whether a second, better recognition refines the draft in place.',
      },
      profile: { type: 'string', default: 'default', description: 'The profile to use by default.' },
      language: {
        ...language,
        description: 'The language you speak, such as "en". An error if a model in use does not know it.',
      },
      languages: {
        ...languages,
        description: 'The languages you speak, such as ["ru", "en"]; detected for each segment.',
      },
      words: { ...words, description: 'Your own words, such as names, that are likely to be said.' },
      replacements: {
        ...replacements,
        description: 'What is heard → what is written, in every profile.',
      },
      interfaceLanguage: {
        enum: ['en', 'ru'],
        description: 'The language of messages and menus. Default: that of the locale.',
      },
      plugins: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        description: 'Plugins to load: package names, or paths relative to this file.',
      },
      profiles: {
        type: 'object',
        description: 'Named sets of settings. What a profile omits comes from the built-in one.',
        additionalProperties: profileSchema(plugins),
      },
      dictation: dictationSchema(plugins),
    },
  };
}

/** One runner, or a list of runners by language. */
function lane(plugins: readonly Plugin[], description: string): JsonSchema {
  const choice = choiceOf('runner', plugins);
  const properties = { ...(choice['properties'] as object), languages };
  const items = { ...choice, properties, required: ['use'] };
  return { ...choice, type: ['object', 'array'], minItems: 1, items, description };
}

const segmentsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'How speech is split into segments.',
  properties: {
    enterProbability: {
      ...probability,
      description: 'Speech begins at this probability. Default: what the detector says of itself.',
    },
    leaveProbability: {
      ...probability,
      description: 'Speech pauses below this probability. Default: what the detector says of itself.',
    },
    sureProbability: {
      ...probability,
      description: 'A segment of this mean probability surely holds speech. Default: what the detector says of itself.',
    },
    minSpeechMs: { ...milliseconds, description: 'Shorter speech is treated as a click.' },
    padMs: {
      ...milliseconds,
      description: 'Audio kept before and after speech. Default: what each runner in use wants.',
    },
    pauseMs: { ...milliseconds, description: 'The pause that ends a short segment.' },
    minPauseMs: { ...milliseconds, description: 'The pause that ends a long one.' },
    softMaxMs: { ...milliseconds, description: 'The length from which shorter pauses end a segment.' },
    maxMs: {
      ...milliseconds,
      minimum: 1000,
      description: 'No segment is longer, nor longer than a runner in use accepts.',
    },
  },
};

function profileSchema(plugins: readonly Plugin[]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      hybrid: { type: 'boolean', description: 'Overrides the top-level setting of the same name.' },
      language: { ...language, description: 'Overrides the top-level languages.' },
      languages: { ...languages, description: 'Overrides the top-level languages.' },
      words: { ...words, description: 'Overrides the top-level words.' },
      replacements: {
        ...replacements,
        description: 'Added to the top-level replacements; the same words override them.',
      },
      vad: { ...choiceOf('vad', plugins), description: 'Finds speech.' },
      fast: lane(plugins, 'Recognises the draft. A list: the first that knows all of your languages, else the first.'),
      refine: lane(plugins, 'Recognises the refined text. A list: the first that reads the language of the draft.'),
      judge: {
        ...choiceOf('judge', plugins),
        description: 'Decides between the draft and the second reading. Default: built-in rules.',
      },
      post: {
        type: 'array',
        items: { ...choiceOf('postprocessor', plugins), required: ['use'] },
        description: 'Post-processors, in order.',
      },
      fit: {
        type: 'boolean',
        default: true,
        description: 'Whether spaces, capitals and full stops are made to fit the sentence that the text goes into.',
      },
      lanes: {
        type: 'object',
        additionalProperties: false,
        description: 'How the two lanes share the machine.',
        properties: {
          concurrent: {
            type: 'boolean',
            description:
              'Whether both lanes run at the same time; else they take turns, the fast lane first. Default: on with two or more cores.',
          },
          idleUnloadMs: {
            type: 'integer',
            minimum: 1000,
            maximum: 2_147_483_647,
            description: 'Unload the model of a lane after it was idle for so long. Default: never.',
          },
          deadlineFactor: {
            type: 'number',
            minimum: 1,
            maximum: 100,
            description:
              'How many times longer than usual a clip may take before its lane is started anew. Usual are 15 s and three times the clip. Default: 1.',
          },
        },
      },
      segments: segmentsSchema,
      skipRefineAboveLogProb: {
        type: 'number',
        maximum: 0,
        description:
          'Drafts whose tokens have at least this mean natural-log probability are not read again. Default: what the runner of the fast lane says of itself.',
      },
    },
  };
}
