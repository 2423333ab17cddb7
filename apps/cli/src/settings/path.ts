// How a setting is named on the command line: `dictation.key`, `profiles.quick.post[0].use`, `replacements["node js"]`.

import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import type { JSONPath } from 'jsonc-parser';

/** A key without dots and brackets, a number in brackets, or a key in brackets and double quotes. */
const STEP = /(?:^|\.)(?<key>[^.[\]"]+)|\[(?<index>\d+)\]|\[(?<quoted>"(?:[^"\\]|\\.)+")\]/gy;

/** Throws `ERR_USAGE` for what is no path. */
export function readPath(text: string): JSONPath {
  const steps = Array.from(text.matchAll(STEP));
  const isWhole = steps.map(([step]) => step).join('') === text && text !== '';
  if (!isWhole) {
    throw new VoiceInputError('ERR_USAGE', `${quoted(text)} is not the path of a setting.`, {
      hint: 'Write it like dictation.key, profiles.quick.hybrid or words[0]; a key with dots like replacements["node.js"].',
    });
  }
  return steps.map(({ groups }) => {
    const { key, index, quoted: inQuotes } = groups as Readonly<Record<string, string | undefined>>;
    if (index !== undefined) return Number(index);
    return key ?? (JSON.parse(inQuotes!) as string);
  });
}

/** An object that says nothing but `value` at `path`. */
export function holding(path: JSONPath, value: unknown): unknown {
  return path.reduceRight((inner: unknown, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

/** What stands at `path`; absent where nothing does. */
export function valueAt(path: JSONPath, data: unknown): unknown {
  return path.reduce((inner: unknown, step) => {
    const isThere = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step);
    return isThere ? (inner as Readonly<Record<string | number, unknown>>)[step] : undefined;
  }, data);
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** Every setting that has a name of its own; `profiles` are those that there are. */
export function knownPaths({ properties = {} }: Schema, profiles: readonly string[], before = ''): readonly string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = `${before}${key}`;
    const { additionalProperties: each } = schema;
    if (path === 'profiles' && typeof each === 'object')
      return profiles.flatMap((name) => knownPaths(each, profiles, `profiles.${name}.`));
    const inside = knownPaths(schema, profiles, `${path}.`);
    return inside.length === 0 ? [path] : inside;
  });
}
