// How a part is made in this process: with a deadline that leaves out the time of fetching models.

import type { ModelStore, PartOf, PluginKind } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import { callPlugin } from './call.ts';

export const CREATE_DEADLINE_MS = 60_000;

export interface Creation<K extends PluginKind> {
  readonly descriptor: Descriptor<K>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly models: ModelStore;
  log(message: string): void;
}

/** Rejects with `ERR_PLUGIN_FAILED`, `ERR_PLUGIN_TIMEOUT` or the plugin's own VoiceInputError. */
export function createPart<K extends PluginKind>(
  { descriptor, options, models, log }: Creation<K>,
  signal: AbortSignal,
): Promise<PartOf[K]> {
  const { plugin } = descriptor;
  const call = { pluginId: plugin.id, method: 'create', deadlineMs: CREATE_DEADLINE_MS, signal };
  return callPlugin(call, (callSignal, deadline) => {
    const patient: ModelStore = {
      async locate(modelId, locateSignal) {
        const resume = deadline.pause();
        try {
          return await models.locate(modelId, locateSignal);
        } finally {
          resume();
        }
      },
    };
    const context = { pluginId: plugin.id, models: patient, log };
    // The options were checked against the plugin's own schema.
    return plugin.create(structuredClone(options) as never, context, callSignal) as Promise<PartOf[K]>;
  });
}
