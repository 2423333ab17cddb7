// Whether options fit a plugin's schema, with the defaults filled in as the engine does.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '@voiceinput/plugin-api';

const NO_OPTIONS: JsonSchema = { type: 'object', additionalProperties: false };

const readerOf = (strictSchema: boolean): Ajv2020 =>
  new Ajv2020({ strictSchema, strictTypes: false, useDefaults: true, allErrors: true });
const readers = { strict: readerOf(true), lenient: readerOf(false) };

/** The options with defaults; throws an error that names what does not fit. When strict, so does a schema with unknown words. */
export function checkedOptions(
  schema: JsonSchema = NO_OPTIONS,
  options: object = {},
  reading: keyof typeof readers = 'lenient',
): Readonly<Record<string, unknown>> {
  const ajv = readers[reading];
  const validate = ajv.compile(schema);
  const filled: Record<string, unknown> = { ...structuredClone(options) };
  if (!validate(filled)) throw new Error(`The options do not fit the schema: ${ajv.errorsText(validate.errors)}.`);
  return filled;
}
