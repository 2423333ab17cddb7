// How a plugin is chosen, with its options: what may be written, and what it comes to.

import type { JsonSchema, Plugin, PluginKind } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { PartChoice } from './profile.ts';
import { validate } from './validate.ts';

/** A choice among the plugins of one kind. */
export function choiceOf(kind: PluginKind, all: readonly Plugin[]): JsonSchema {
  const plugins = all.filter((plugin) => plugin.kind === kind);
  const anyChoice = { type: 'string', description: 'The id of a plugin.' };
  const options = { type: 'object', description: "The plugin's own options." };
  const form = { type: 'object', additionalProperties: false };
  // Empty lists are no schema; that there is no such plugin is told when the choice is completed.
  if (plugins.length === 0) return { ...form, properties: { use: anyChoice, options } };
  return {
    ...form,
    properties: { use: { ...anyChoice, enum: plugins.map(({ id }) => id) }, options },
    allOf: plugins.map(({ id, config }) => ({
      if: { required: ['use'], properties: { use: { const: id } } },
      then: { properties: { options: optionsSchema(config) } },
    })),
  };
}

/** The schema of a plugin's options; a plugin without one has none. */
export function optionsSchema(config: JsonSchema | undefined): JsonSchema {
  return config ?? { type: 'object', additionalProperties: false, properties: {} };
}

/** Options belong to one plugin: where a change uses another one, they go. */
export function keepOptions(choice: PartChoice, change: Partial<PartChoice> | undefined): PartChoice {
  return change?.use === undefined || change.use === choice.use ? choice : { use: change.use, options: {} };
}

interface ChoiceContext {
  readonly kind: Plugin['kind'];
  readonly plugins: readonly Plugin[];
  readonly origin: string;
  readonly path: string;
}

/** The choice with its plugin's defaults filled in. Throws as `resolveProfile` does. */
export function completeChoice(
  { use, options = {} }: Partial<PartChoice>,
  { kind, plugins, origin, path }: ChoiceContext,
): PartChoice {
  const plugin = plugins.find((candidate) => candidate.kind === kind && candidate.id === use);
  if (use === undefined || plugin === undefined) {
    const known = plugins.filter((candidate) => candidate.kind === kind).map(({ id }) => id);
    throw new VoiceInputError(
      'ERR_PLUGIN_NOT_FOUND',
      `${origin}: ${path}.use names "${use}", but no such ${kind} is loaded; there is ${known.join(', ')}.`,
    );
  }
  const complete = structuredClone(options);
  validate(complete, optionsSchema(plugin.config), { origin, path: `${path}.options` });
  return { use, options: complete };
}
