// Where the graphs of a model lie, made there from its weights when they are not there yet.

import { join } from 'node:path';
import { prepared } from '@voiceinput/onnx';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { readDescription, type Description } from '../description/description.ts';
import { findWeights, type WeightFiles } from '../weights/open.ts';
import type { PrepareOptions } from './prepare.ts';

/** Raised when what is made of the same weights changes. */
const PREPARATION_VERSION = 1;

/** In the folder of an imported model: the weights as they came. */
export const SOURCE_FOLDER = 'source';

/** Rejects with `ERR_MODEL_FILES` when an imported model has lost its weights. */
export async function weightsIn(modelFolder: string, signal: AbortSignal): Promise<WeightFiles> {
  const folder = join(modelFolder, SOURCE_FOLDER);
  const files = await findWeights(folder, signal);
  if (files) return files;
  throw new VoiceInputError('ERR_MODEL_FILES', `there are no weights in ${folder}`);
}

export interface PreparedModel {
  /** Holds encoder.onnx, decoder.onnx, the tokeniser and model.json. */
  readonly folder: string;
  readonly description: Description;
}

/**
 * Opens what an import made; on another kind of processor or with another version of ONNX Runtime it is made anew from
 * the weights, which takes some seconds to minutes. Rejects with `ERR_MODEL_FORMAT`, `ERR_MODEL_FILES`,
 * `ERR_MODEL_STORAGE`, or the signal's reason.
 */
export async function preparedModel(
  modelFolder: string,
  { precision = 'int8', onProgress }: Pick<PrepareOptions, 'precision' | 'onProgress'>,
  signal: AbortSignal,
): Promise<PreparedModel> {
  const preparation = {
    key: `${PREPARATION_VERSION}-${precision}`,
    async make(_write: unknown, { signedInt8 }: { signedInt8: boolean }, draft: { folder: string }): Promise<void> {
      // Only an import needs what reads weights and writes graphs.
      const { prepare } = await import('./prepare.ts');
      const files = await weightsIn(modelFolder, signal);
      await prepare({ files, folder: draft.folder, signedInt8, precision, ...(onProgress && { onProgress }) }, signal);
    },
    async compare({ folder }: { folder: string }) {
      const { check } = (await readDescription(folder)) ?? {};
      const finding = check ? `differs by ${(check.difference * 100).toFixed(1)} % from the float encoder` : 'in float';
      return { encoder: { faithful: true, finding } };
    },
  };
  const { folder } = await prepared(join(modelFolder, 'prepared', precision), preparation, signal);
  const description = await readDescription(folder);
  if (description) return { folder, description };
  throw new VoiceInputError('ERR_MODEL_FILES', `the graphs in ${folder} have no model.json of this version`, {
    hint: 'Remove that folder: they are made anew from the weights.',
  });
}
