// Whether data for a training can be made: its libraries are heavy, and whoever only dictates does without them.

import { VoiceInputError } from '@voiceinput/plugin-api';

/** Throws `ERR_DATASET_MISSING` where `@voiceinput/dataset` is not installed. */
export function refuseWithoutDataset(): void {
  try {
    import.meta.resolve('@voiceinput/dataset');
  } catch {
    throw new VoiceInputError('ERR_DATASET_MISSING', 'What makes data sets is not installed.');
  }
}
