// How an imported model is written in a form that other programs read.

import { readdir } from 'node:fs/promises';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import type { LocatedModel } from '@voiceinput/plugin-api';
import { onDisk } from '../cache/storage.ts';
import type { BringingPlugin, KnownModel } from '../catalogue.ts';
import { importing } from './convert.ts';

export interface ExportTarget {
  readonly model: KnownModel;
  readonly located: LocatedModel;
  /** Absolute; made when needed. Anything in it is a mistake. */
  readonly folder: string;
  report(share: number): void;
}

/** Gives the paths of the files. Rejects with `ERR_MODEL_FORMAT`, `ERR_USAGE` when the folder is not empty, or `ERR_MODEL_STORAGE`. */
export async function exportModel(
  { model, located, folder, report }: ExportTarget,
  plugins: readonly BringingPlugin[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const bringer = plugins.find(({ plugin }) => plugin.id === model.plugin)?.plugin;
  const importer = model.imported === true ? await bringer?.importer?.open() : undefined;
  if (importer?.export === undefined) {
    throw new VoiceInputError('ERR_MODEL_FORMAT', `${model.id} is a model that ${model.plugin} cannot export.`, {
      hint: 'Only what went through an importer can be exported, and only where the plugin writes it.',
    });
  }
  await onDisk(folder, () => makeFolder(folder));
  const inTheWay = await onDisk(folder, () => readdir(folder));
  if (inTheWay.length > 0)
    throw new VoiceInputError('ERR_USAGE', `${folder} is not empty.`, { hint: 'Name a new folder.' });
  const write = importer.export.bind(importer);
  return onDisk(folder, () => importing(model.plugin, () => write({ model: located, folder, report }, signal), signal));
}
