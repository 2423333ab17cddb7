// How a part is made in this process: with a deadline that leaves out the time of fetching and preparing models.

import type { Deadline, ModelStore, PartOf, PluginContext, PluginKind, VoiceInputError } from '@voiceinput/plugin-api';
import { startDeadline } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import { partFrom } from './answers.ts';
import { callPlugin, lateError } from './call.ts';

export const CREATE_DEADLINE_MS = 60_000;
const PREPARE_DEADLINE_MS = 30 * 60_000;
/** What is told when that begins. */
export const PREPARING = 'Prepares its model for this machine. This happens once.';

export interface Creation<K extends PluginKind> {
  readonly descriptor: Descriptor<K>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly models: ModelStore;
  log(message: string): void;
  warn(error: VoiceInputError): void;
}

/**
 * Rejects with `ERR_PLUGIN_FAILED`, `ERR_PLUGIN_TIMEOUT` or the plugin's own VoiceInputError, and on abort at once with
 * the signal's reason. A part that is made too late for that is closed.
 */
export async function createPart<K extends PluginKind>(
  { descriptor, options, models, log, warn }: Creation<K>,
  signal: AbortSignal,
): Promise<PartOf[K]> {
  const { plugin } = descriptor;
  const call = { pluginId: plugin.id, method: 'create', deadlineMs: CREATE_DEADLINE_MS, signal };
  let creating: Promise<unknown> | undefined;
  try {
    return await callPlugin(call, async (callSignal, { deadline, fail }) => {
      const context: PluginContext = {
        pluginId: plugin.id,
        models: {
          locate: (modelId, locateSignal) => uncounted(deadline.pause(), () => models.locate(modelId, locateSignal)),
        },
        prepare: (work) => {
          log(PREPARING);
          return uncounted(startPreparation(plugin.id, deadline, fail), work);
        },
        log,
        warn,
      };
      // The options were checked against the plugin's own schema.
      creating = Promise.resolve(plugin.create(structuredClone(options) as never, context, callSignal));
      return partFrom(await creating, plugin.kind);
    });
  } catch (error) {
    creating?.then(closeAnyhow).catch((cause: unknown) => log(`It opened too late: ${String(cause)}`));
    throw error;
  }
}

/** Stops the clock of `create` while a model is prepared, and calls `fail` when even that takes too long. Returns what ends it. */
export function startPreparation(pluginId: string, deadline: Deadline, fail: (error: Error) => void): () => void {
  const resume = deadline.pause();
  const call = { pluginId, method: 'prepare', deadlineMs: PREPARE_DEADLINE_MS };
  const patience = startDeadline(PREPARE_DEADLINE_MS, () => fail(lateError(call)));
  return () => {
    patience.stop();
    resume();
  };
}

/** It may be anything. */
async function closeAnyhow(part: unknown): Promise<void> {
  await (part as Partial<PartOf[PluginKind]> | undefined)?.close?.();
}

async function uncounted<T>(resume: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    resume();
  }
}
