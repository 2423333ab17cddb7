// Which graphs of a model are opened: those that its import made, or others where these don't suit.

import { join } from 'node:path';
import { prepared, signedBytesAreExact } from '@voiceinput/onnx';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { readDescription, type Description } from '../description/description.ts';
import { findWeights, type WeightFiles } from '../weights/open.ts';
import type { PrepareOptions } from './prepare.ts';

/** Raised when what is made of the same weights changes. */
const PREPARATION_VERSION = 1;

/** In the folder of an imported model: the weights as they came. */
export const SOURCE_FOLDER = 'source';
/** In the folder of an imported model: what was made of the weights then. */
export const GRAPHS_FOLDER = 'graphs';

/** Rejects with `ERR_MODEL_FILES` when an imported model has lost its weights. */
export async function weightsIn(modelFolder: string, signal: AbortSignal): Promise<WeightFiles> {
  const folder = join(modelFolder, SOURCE_FOLDER);
  const files = await findWeights(folder, signal);
  if (files) return files;
  throw new VoiceInputError('ERR_MODEL_FILES', `There are no weights in ${folder}.`);
}

export interface PreparedModel {
  /** Holds encoder.onnx, decoder.onnx, the tokeniser and model.json. */
  readonly folder: string;
  readonly description: Description;
}

/**
 * What the import made. In another precision, or on a processor that would multiply its bytes wrongly, graphs are made
 * from the weights and kept in `prepared`, which takes some seconds to minutes. Rejects with `ERR_MODEL_FORMAT`, `ERR_MODEL_FILES`,
 * `ERR_MODEL_STORAGE`, or the signal's reason.
 */
export async function preparedModel(
  modelFolder: string,
  { precision = 'int8', onProgress }: Pick<PrepareOptions, 'precision' | 'onProgress'>,
  signal: AbortSignal,
): Promise<PreparedModel> {
  const imported = join(modelFolder, GRAPHS_FOLDER);
  const known = await readDescription(imported);
  if (known?.precision === precision && (!known.signedInt8 || (await signedBytesAreExact()))) {
    return { folder: imported, description: known };
  }
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
      const found = (share: number | undefined): string =>
        share === undefined ? 'in float' : `differs by ${(share * 100).toFixed(1)} % from the one in float`;
      return {
        encoder: { faithful: true, finding: found(check?.difference) },
        decoder: { faithful: true, finding: found(check?.decoderDifference) },
      };
    },
  };
  const { folder } = await prepared(join(modelFolder, 'prepared', precision), preparation, signal);
  const description = await readDescription(folder);
  if (description) return { folder, description };
  throw new VoiceInputError('ERR_MODEL_FILES', `The graphs in ${folder} were not prepared by this version.`, {
    hint: 'Delete that folder: they will be prepared again from the weights.',
  });
}
