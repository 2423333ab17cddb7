// The settings of the page, made from the schema of the configuration: what is new in it is on the page without more ado.

import { configurationSchema, profileNames } from '@voiceinput/engine/configure';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { JsonSchema } from '@voiceinput/plugin-api';
import { valuesInForce } from '../settings/change.ts';
import { valueAt } from '../settings/path.ts';
import type { Settings } from '../settings/settle.ts';
import type { Field, ControlKind, Path } from './page/shapes.ts';
import { isFirst, isShown, placeOf } from './place.ts';
import { wordsFor } from './titles.ts';

type Loaded = Omit<Settings, 'profile'>;

/** Of a profile, and at the top for all of them. */
const FOR_ALL_PROFILES = ['hybrid', 'language', 'languages', 'words', 'replacements'];

export interface FieldsPort {
  readonly loaded: Loaded;
  /** The same without a file. */
  readonly builtIn: Loaded;
}

/** Every setting of the profile in force and of all that is outside of profiles. */
export function fieldsOf({ loaded, builtIn }: FieldsPort): readonly Field[] {
  const schema = configurationSchema(loaded.plugins.map(({ plugin }) => plugin)) as Schema;
  const { profiles, ...top } = schema.properties ?? {};
  const profile = loaded.configuration.profile ?? 'default';
  const ofProfile = profiles?.additionalProperties as Schema;
  const reach = { loaded, builtIn };
  const fields = [
    ...Object.entries(top).flatMap(([key, one]) => walk(one, [key], reach)),
    ...Object.entries(ofProfile.properties ?? {}).flatMap(([key, one]) =>
      FOR_ALL_PROFILES.includes(key) && valueAt(['profiles', profile, key], loaded.configuration) === undefined
        ? []
        : walk(one, ['profiles', profile, key], reach),
    ),
  ];
  return fields
    .map((field) =>
      field.name === 'profile'
        ? { ...field, kind: 'choice' as const, values: profileNames(loaded.configuration) }
        : field,
    )
    .toSorted((a, b) => Number(isFirst(b.name)) - Number(isFirst(a.name)));
}

interface Schema extends JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly { readonly if?: Schema; readonly then?: Schema }[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The settings at and below `path`. */
function walk(schema: Schema, path: Path, reach: FieldsPort): readonly Field[] {
  const name = nameOf(path);
  if (!isShown(name) || schema.deprecated === true) return [];
  const own = valueAt([...path], reach.loaded.configuration);
  // A lane may be a list of runners: that has no form of its own.
  if (schema.properties === undefined || Array.isArray(own)) return [fieldOf(schema, path, reach)];
  const { options, ...others } = schema.properties;
  const chosen = options === undefined ? undefined : optionsFor(schema, inForce([...path, 'use'], reach));
  return [
    ...Object.entries(others).flatMap(([key, one]) => walk(one, [...path, key], reach)),
    ...Object.entries(chosen?.properties ?? {}).flatMap(([key, one]) => walk(one, [...path, 'options', key], reach)),
  ];
}

/** The options of the plugin that is used. */
function optionsFor({ allOf = [] }: Schema, use: unknown): Schema | undefined {
  const found = allOf.find(({ if: when }) => when?.properties?.['use']?.const === use);
  return found?.then?.properties?.['options'];
}

function fieldOf(schema: Schema, path: Path, reach: FieldsPort): Field {
  const name = nameOf(path);
  const own = valueAt([...path], reach.loaded.configuration);
  const standard = standardAt(schema, path, reach, own === undefined);
  const bare = kindOf(schema, own);
  // What is found out where nothing is said is neither on nor off.
  const kind = bare === 'switch' && standard === undefined ? 'choice' : bare;
  const each = schema.additionalProperties;
  const inside = kind === 'records' && typeof each === 'object' ? (each.properties ?? {}) : {};
  return {
    path,
    name,
    kind,
    group: placeOf(name),
    ...wordsFor(name, schema.description ?? ''),
    ...(kind === 'choice' && { values: schema.enum ?? [true, false] }),
    ...(schema.minimum !== undefined && { minimum: schema.minimum }),
    ...(schema.maximum !== undefined && { maximum: schema.maximum }),
    ...(schema.type === 'integer' && { whole: true }),
    ...(own !== undefined && { own }),
    ...(standard !== undefined && { standard }),
    ...(kind === 'records' && {
      fields: Object.entries(inside).map(([key, one]) => ({
        path: [key],
        name: key,
        kind: kindOf(one, undefined),
        group: placeOf(name),
        ...wordsFor(`${name}.*.${key}`, one.description ?? ''),
        ...(one.enum !== undefined && { values: one.enum }),
      })),
    }),
    ...(isRunning(name, own) && { runs: true }),
  };
}

/** What is asked about outside of the page; the server decides by what it would come to. */
const isRunning = (name: string, own: unknown): boolean =>
  name === 'plugins' || /\.(?:onDraft|onRefined|command)$/.test(name) || own === 'sink-exec';

function kindOf({ type, enum: values, items, additionalProperties: each }: Schema, own: unknown): ControlKind {
  if (values !== undefined) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string') return 'text';
  // One text or a list of them, such as microphones in order of preference.
  if (Array.isArray(type) && type.includes('string')) return Array.isArray(own) ? 'list' : 'text';
  if (type === 'array' && items?.type === 'string') return 'list';
  if (type === 'object' && typeof each === 'object') return each.type === 'string' ? 'pairs' : 'records';
  return 'json';
}

/** What counts without the file's word; where the file says nothing, what is in force. */
function standardAt(schema: Schema, path: Path, reach: FieldsPort, isInForce: boolean): unknown {
  if (isInForce) return inForce(path, reach) ?? schema.default;
  return built(path, reach) ?? schema.default;
}

const inForce = (path: Path, { loaded }: FieldsPort): unknown =>
  valueAt([...path], loaded.configuration) ?? found(path, loaded);

/** Options of a plugin that is not the built-in one have the defaults of their schema only. */
function built(path: Path, reach: FieldsPort): unknown {
  const at = path.indexOf('options');
  const use = at === -1 ? undefined : [...path.slice(0, at), 'use'];
  if (use !== undefined && found(use, reach.builtIn) !== inForce(use, reach)) return undefined;
  return found(path, reach.builtIn);
}

function found(path: Path, loaded: Loaded): unknown {
  try {
    return valueAt([...path], valuesInForce([...path], loaded));
  } catch (error) {
    // No model that is here fits the profile: nothing is in force then.
    if (isVoiceInputError(error)) return undefined;
    throw error;
  }
}

/** As `voiceinput config get` reads it. */
export const nameOf = (path: Path): string =>
  path.reduce<string>((before, step) => {
    if (typeof step === 'number') return `${before}[${step}]`;
    if (/[.[\]"]/.test(step)) return `${before}[${JSON.stringify(step)}]`;
    return before === '' ? step : `${before}.${step}`;
  }, '');
