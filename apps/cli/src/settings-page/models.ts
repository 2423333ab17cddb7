// The models of the page: what is here, what is in use, what is being fetched.

import { bytesOf, openModelStore } from '@voiceinput/models';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { loadSettings, profileOf } from '../settings/settle.ts';
import type { Settings } from '../settings/settle.ts';
import { usedModels } from '../settings/used-models.ts';
import { failureOf } from './failure.ts';
import type { NewsStand } from './news.ts';
import type { ModelLine } from './page/shapes.ts';

export interface ModelsOfPage {
  list(signal: AbortSignal): Promise<readonly ModelLine[]>;
  /** Begins to fetch; news tell how far it is and how it ends. Does nothing for one that is being fetched. */
  pull(id: string): void;
  /** Whether there was one to remove. */
  remove(id: string, signal: AbortSignal): Promise<boolean>;
}

/** Transfers end with `closing`. */
export function modelsOfPage(news: NewsStand, closing: AbortSignal): ModelsOfPage {
  const underWay = new Set<string>();

  async function open(signal: AbortSignal) {
    const loaded = await loadSettings({ includeWorkingDirectory: false }, signal);
    const onProgress = (progress: { modelId: string; doneBytes: number; totalBytes: number }): void => {
      const { modelId: id, doneBytes, totalBytes } = progress;
      news.tell({ type: 'model', id, doneBytes, totalBytes });
    };
    return { loaded, models: openModelStore({ plugins: loaded.plugins, onProgress }) };
  }

  async function fetchModel(id: string): Promise<void> {
    try {
      const { models } = await open(closing);
      await models.pull(id, {}, closing);
      news.tell({ type: 'model-ended', id });
    } catch (error) {
      news.tell({ type: 'model-ended', id, failure: failureOf(error) });
    } finally {
      underWay.delete(id);
    }
  }

  return {
    async list(signal) {
      const { loaded, models } = await open(signal);
      const used = usedBy(loaded);
      return (await models.list(signal)).map(({ entry, state }) => ({
        id: entry.id,
        title: entry.title,
        languages: entry.languages,
        license: entry.license,
        bytes: bytesOf(entry),
        state,
        inUse: used.includes(entry.id),
      }));
    },
    pull(id) {
      if (underWay.has(id)) return;
      underWay.add(id);
      void fetchModel(id);
    },
    remove: async (id, signal) => (await open(signal)).models.remove(id, signal),
  };
}

/** None where no model that is here fits. */
function usedBy(loaded: Omit<Settings, 'profile'>): readonly string[] {
  try {
    return usedModels({ ...loaded, profile: profileOf(loaded) });
  } catch (error) {
    if (isVoiceInputError(error)) return [];
    throw error;
  }
}
