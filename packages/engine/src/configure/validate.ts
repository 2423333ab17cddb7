// Whether data fits a schema, and says where it does not, with the nearest known word.

import type { JsonSchema } from '@voiceinput/plugin-api';
import { nearestOf, VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expectedBy } from './expected.ts';

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: false,
  useDefaults: true,
  // Schemas are the project's or were checked by the conformance suite; to check them against the schema of schemas at
  // each start took a fifth of it.
  meta: false,
  validateSchema: false,
  // Most schemas check one file once: optimising the code for that takes as long again as writing it.
  code: { optimize: false },
});

/**
 * Checks `data` and fills in the schema's defaults, in place. `origin` names the file, `path` where `data` lies in it.
 *
 * Throws `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID` for the first thing that does not fit.
 */
export function validate(
  data: unknown,
  schema: JsonSchema,
  { origin, path = '' }: { origin: string; path?: string },
): void {
  const check = compiled(schema);
  if (check(data)) return;
  const errors = (check.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  if (error === undefined) return;
  throw (tellers[error.keyword] ?? invalidValue)(error, origin, path);
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
  origin: string,
  path: string,
): VoiceInputError {
  const key = String(params['additionalProperty']);
  const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
  const nearest = nearestOf(key, known);
  const place = joinPath(path, instancePath, key);
  const instead = nearest === undefined ? '' : `; the nearest known key is "${nearest}"`;
  return new VoiceInputError('ERR_CONFIG_UNKNOWN_KEY', `${origin}: "${place}" is not a known key${instead}.`, {
    hint: known.length === 0 ? 'Remove it: there is nothing to set here.' : `Known here: ${known.join(', ')}.`,
  });
}

function missingKey({ params, instancePath }: ErrorObject, origin: string, path: string): VoiceInputError {
  const place = joinPath(path, instancePath, String(params['missingProperty']));
  return new VoiceInputError('ERR_CONFIG_INVALID', `${origin}: "${place}" is missing.`, { hint: 'Add it.' });
}

function invalidValue(error: ErrorObject, origin: string, path: string): VoiceInputError {
  const { params, data, instancePath } = error;
  const allowed = params['allowedValues'] as readonly unknown[] | undefined;
  const expected =
    allowed === undefined
      ? expectedBy(error)
      : `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
  const place = joinPath(path, instancePath) || 'the file';
  const nearest = allowed === undefined ? undefined : nearestOf(String(data), allowed.map(String));
  return new VoiceInputError(
    'ERR_CONFIG_INVALID',
    `${origin}: ${place} is ${JSON.stringify(data)?.slice(0, 80)}, but it ${expected}.`,
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
