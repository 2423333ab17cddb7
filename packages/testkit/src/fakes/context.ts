// What surroundings a plugin gets in a test.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { LocatedModel, ModelStore, PluginContext } from '@voiceinput/plugin-api';

/** A store that knows just these models. Any other rejects with `ERR_MODEL_UNKNOWN`. */
export function fakeModels(models: readonly LocatedModel[] = []): ModelStore {
  return {
    async locate(modelId, signal) {
      signal.throwIfAborted();
      const model = models.find((candidate) => candidate.modelId === modelId);
      if (model) return model;
      const known = models.map((candidate) => candidate.modelId).join(', ') || 'none';
      throw new VoiceInputError('ERR_MODEL_UNKNOWN', `There is no model "${modelId}" in this test; known: ${known}.`);
    },
  };
}

/** A context whose log and warnings go to `lines`. */
export function fakeContext(options: { pluginId?: string; models?: ModelStore; lines?: string[] } = {}): PluginContext {
  return {
    pluginId: options.pluginId ?? 'test',
    models: options.models ?? fakeModels(),
    prepare: (work) => work(),
    log: (message) => void options.lines?.push(message),
    warn: ({ message }) => void options.lines?.push(message),
  };
}
