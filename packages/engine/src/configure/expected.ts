// What a schema expects of a value, in words.

import type { JsonSchema } from '@voiceinput/plugin-api';
import type { ErrorObject } from 'ajv/dist/2020.js';

/** Follows "it", as in `it must be a list of texts`. What has no words here is said as the validator says it. */
export function expectedBy({ keyword, params, parentSchema = {}, message = 'does not fit' }: ErrorObject): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${typesOf(parentSchema).join(' or ')}`;
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'minLength':
      return limit === '1' ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minItems':
      return limit === '1' ? 'must not be empty' : `must have at least ${limit} entries`;
    case 'maxItems':
      return `must have at most ${limit} entries`;
    case 'uniqueItems':
      return 'must not contain an entry twice';
    default:
      return message;
  }
}

function typesOf({ type, items }: JsonSchema): string[] {
  const types = [type].flat().map(String);
  return types.map((one) => (one === 'array' ? listOf(items) : (words[one] ?? one)));
}

function listOf(items: unknown): string {
  return (items as JsonSchema | undefined)?.['type'] === 'string' ? 'a list of texts' : 'a list';
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object, as in {}',
};
