// What every command shares: settings, models with a progress bar, an engine that is closed in the end.

import type { Engine } from '@voiceinput/engine';
import { createEngine } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { BringingPlugin, Models, ModelStoreOptions } from '@voiceinput/models';
import { bar, megabytes } from '../show/bar.ts';
import type { Reporter } from '../show/reporter.ts';
import type { Settings } from '../settings/settle.ts';
import { inLocale, told } from '../messages/in-locale.ts';

export interface ModelsOptions {
  /** Names what goes on. Default: `Fetching`, or `Importing` while an importer works. */
  readonly doing?: string;
  /** Hears of each transfer too. */
  readonly onProgress?: NonNullable<ModelStoreOptions['onProgress']>;
}

/** The models of these plugins on this machine; a transfer is shown as it goes on. */
export function openModels(
  reporter: Reporter,
  plugins: readonly BringingPlugin[],
  { doing, onProgress }: ModelsOptions = {},
): Models {
  const shown = new Set<string>();
  return openModelStore({
    plugins,
    onProgress(progress) {
      const { modelId, doneBytes, totalBytes } = progress;
      const doingNow = doing ?? (progress.doing === 'importing' ? 'Importing' : 'Fetching');
      onProgress?.(progress);
      const line = `${told(doingNow)} ${modelId}`;
      if (!shown.has(line) && !process.stderr.isTTY) reporter.note(inLocale`${line} (${megabytes(totalBytes)} MB) …`);
      shown.add(line);
      reporter.progress(
        doneBytes < totalBytes ? bar({ name: modelId, doneBytes, totalBytes }, process.stderr.columns) : '',
      );
    },
  });
}

/** Runs `work` with an engine for these settings and closes it, whatever happens. */
export async function withEngine<T>(
  settings: Settings,
  models: Models,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { profile, plugins } = settings;
  const engine = createEngine({ profile, plugins, models });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
