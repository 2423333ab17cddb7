// Which models there are: those that the known plugins bring.

import { nearestOf, quoted, VoiceInputError } from '@voiceinput/plugin-api';
import type { ModelEntry, Plugin, PluginKind } from '@voiceinput/plugin-api';
import { fingerprintOf } from './cache/place.ts';

/** What of a plugin concerns its models. */
export type ModelBringer = Pick<Plugin, 'id' | 'kind' | 'models' | 'importer'>;

/** A plugin as an engine knows it. */
export interface BringingPlugin {
  readonly plugin: ModelBringer;
}

/** A model and the plugin that brings it. */
export interface KnownModel extends ModelEntry {
  readonly plugin: string;
  readonly kind: PluginKind;
  /** The user's file or folder that it was imported from. Absent for models that plugins bring. */
  readonly importedFrom?: string;
  /** Of an imported model, what its plugin would have called it: `whisper-base` for any Whisper of that size. */
  readonly recognisedAs?: string;
}

/**
 * The models of all plugins, in their order. A model that several bring with the same files is listed once. Throws
 * `ERR_PLUGIN_DUPLICATE` when two plugins bring different models of one id.
 */
export function catalogueOf(plugins: readonly BringingPlugin[]): readonly KnownModel[] {
  const known = new Map<string, KnownModel>();
  for (const { plugin: bringer } of plugins) {
    const { id: plugin, kind, models = [] } = bringer;
    for (const entry of models) {
      const other = known.get(entry.id);
      if (other === undefined) known.set(entry.id, { ...entry, plugin, kind });
      else if (fingerprintOf(other) !== fingerprintOf(entry)) throw twice(entry.id, other.plugin, plugin);
    }
  }
  return [...known.values()];
}

const twice = (modelId: string, one: string, other: string): VoiceInputError =>
  new VoiceInputError(
    'ERR_PLUGIN_DUPLICATE',
    `The plugins ${one} and ${other} both provide a model ${quoted(modelId)}, with different files.`,
  );

/** The model of that id. Throws `ERR_MODEL_UNKNOWN` with the ids there are, and the one that was likely meant. */
export function findModel(catalogue: readonly KnownModel[], modelId: string): KnownModel {
  const found = catalogue.find(({ id }) => id === modelId);
  if (found) return found;
  const ids = catalogue.map(({ id }) => id);
  const nearest = nearestOf(modelId, ids);
  throw new VoiceInputError(
    'ERR_MODEL_UNKNOWN',
    ids.length === 0
      ? `No plugin provides a model ${quoted(modelId)}.`
      : `There is no model ${quoted(modelId)}; there is ${ids.join(', ')}.`,
    { ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }) },
  );
}

/** What the files of a model take in the cache. */
export const bytesOf = ({ files }: Pick<ModelEntry, 'files'>): number =>
  files.reduce((sum, file) => sum + file.bytes, 0);
