// How the options of plugins and the keys of a configuration are shown: as a schema file, and as tables.

import { builtInDictation } from '../../apps/cli/dist/built-in/dictation.js';
import { builtInPlugins } from '../../apps/cli/dist/built-in/plugins.js';
import { builtInProfile } from '../../apps/cli/dist/built-in/profile.js';
import { configurationSchema, defaultSegments } from '../../packages/engine/dist/index.js';
import { code, tableOf } from './table.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** An old name that still works: not shown. */
  readonly deprecated?: boolean;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

export const manifests = (await builtInPlugins()).map(({ plugin }) => plugin);
const schema = configurationSchema(manifests) as Schema;

export function schemaFile(): string {
  return JSON.stringify(schema, null, 2);
}

/** Keys of a configuration with their defaults, those of profiles from the built-in one. */
export function keysTable(): string {
  const { profiles, dictation = {}, ...top } = schema.properties ?? {};
  const profile = typeof profiles?.additionalProperties === 'object' ? profiles.additionalProperties : {};
  return [
    'At the top of the file:',
    tableOf(HEAD, rowsOf({ properties: top }, '', {})),
    'In a profile (`profiles.NAME`); the defaults are those of the built-in profile:',
    tableOf(HEAD, rowsOf(profile, '', { ...builtInProfile, segments: defaultSegments })),
    'How the daemon dictates:',
    tableOf(HEAD, rowsOf(dictation, 'dictation.', builtInDictation)),
  ].join('\n\n');
}

/** Options of the plugin whose folder has this name. Throws when there is no such plugin. */
export function optionsTable(id: string): string {
  const plugin = manifests.find((manifest) => manifest.id === id);
  if (plugin === undefined) throw new Error(`No built-in plugin has the id "${id}".`);
  return tableOf(HEAD, rowsOf((plugin.config ?? {}) as Schema, '', {}));
}

const HEAD = ['key', 'values', 'default', 'meaning'];

function rowsOf({ properties = {}, required = [] }: Schema, path: string, defaults: object): string[][] {
  const current = Object.entries(properties).filter(([, { deprecated }]) => !deprecated);
  return current.flatMap(([key, value]) => {
    const builtIn = (defaults as Readonly<Record<string, unknown>>)[key] ?? value.default;
    const row = [
      code(path + key),
      valuesOf(value),
      required.includes(key) ? 'required' : defaultOf(builtIn),
      value.description ?? '',
    ];
    if (value.properties === undefined) return [row];
    return rowsOf(value, `${path}${key}.`, typeof builtIn === 'object' && builtIn !== null ? builtIn : {});
  });
}

function defaultOf(value: unknown): string {
  return value === undefined ? '' : code(JSON.stringify(value));
}

function valuesOf({ type, ...rest }: Schema): string {
  const { enum: values, minimum, maximum, items, additionalProperties } = rest;
  if (values !== undefined) return values.map((value) => code(JSON.stringify(value))).join(', ');
  if (typeof type === 'object') return type.map((one) => valuesOf({ ...rest, type: one })).join(' or ');
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'array') return items?.type === 'string' ? 'list of texts' : 'list';
  if (type === 'object') return typeof additionalProperties === 'object' ? 'text → text' : 'object';
  const word = type === 'string' ? 'text' : type === 'integer' ? 'whole number' : (type ?? 'any');
  if (minimum === undefined && maximum === undefined) return word;
  if (maximum === undefined) return `${word}, ${minimum} or more`;
  return minimum === undefined ? `${word}, ${maximum} or less` : `${word}, ${minimum} to ${maximum}`;
}
