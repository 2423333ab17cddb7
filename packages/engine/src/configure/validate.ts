// Whether data fits a schema, and says where it does not, with the nearest known word.

import type { JsonSchema } from '@voiceinput/plugin-api';
import { nearestOf, VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, useDefaults: true });

/**
 * Checks `data` and fills in the schema's defaults, in place. `whence` names the file, `path` where `data` lies in it.
 *
 * Throws `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID` for the first thing that does not fit.
 */
export function validate(
  data: unknown,
  schema: JsonSchema,
  { whence, path = '' }: { whence: string; path?: string },
): void {
  const check = compiled(schema);
  if (check(data)) return;
  const errors = (check.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  if (error === undefined) return;
  throw (tellers[error.keyword] ?? invalidValue)(error, whence, path);
}

/** One compilation for all schemas that say the same: ajv itself keeps one for each object, for ever. */
function compiled(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = checks.get(text);
  if (known !== undefined) return known;
  const check = ajv.compile(JSON.parse(text) as JsonSchema);
  checks.set(text, check);
  return check;
}

const checks = new Map<string, ValidateFunction>();

/** By the schema's word that was not heeded; for the others it is the value that is told. */
const tellers: Readonly<Record<string, typeof invalidValue>> = {
  additionalProperties: unknownKey,
  required: missingKey,
};

function unknownKey(
  { params, parentSchema, instancePath }: ErrorObject,
  whence: string,
  path: string,
): VoiceInputError {
  const key = String(params['additionalProperty']);
  const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
  const nearest = nearestOf(key, known);
  const place = joinPath(path, instancePath, key);
  const instead = nearest === undefined ? '' : `; the nearest known key is "${nearest}"`;
  return new VoiceInputError('ERR_CONFIG_UNKNOWN_KEY', `${whence}: "${place}" is not a known key${instead}.`, {
    hint: known.length === 0 ? 'Remove it: there is nothing to set here.' : `Known here: ${known.join(', ')}.`,
  });
}

function missingKey({ params, instancePath }: ErrorObject, whence: string, path: string): VoiceInputError {
  const place = joinPath(path, instancePath, String(params['missingProperty']));
  return new VoiceInputError('ERR_CONFIG_INVALID', `${whence}: "${place}" is missing.`, { hint: 'Add it.' });
}

function invalidValue(
  { params, message, data, instancePath }: ErrorObject,
  whence: string,
  path: string,
): VoiceInputError {
  const allowed = params['allowedValues'] as readonly unknown[] | undefined;
  const expected =
    allowed === undefined ? message : `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
  const place = joinPath(path, instancePath) || 'the file';
  const nearest = allowed === undefined ? undefined : nearestOf(String(data), allowed.map(String));
  return new VoiceInputError(
    'ERR_CONFIG_INVALID',
    `${whence}: ${place} is ${JSON.stringify(data)?.slice(0, 80)}, but it ${expected}.`,
    {
      ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }),
    },
  );
}

/** `a.b[2].c` out of a JSON pointer and the parts around it. */
function joinPath(path: string, pointer: string, key?: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (key !== undefined) parts.push(key);
  return parts.reduce(
    (whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : whole === '' ? part : `${whole}.${part}`),
    path,
  );
}
