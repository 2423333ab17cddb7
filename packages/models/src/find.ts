// Decides which entry of a catalogue a model id means.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { closest } from 'fastest-levenshtein';
import type { ModelEntry } from './entry.ts';

/** The entry of that id. Throws `ERR_MODEL_UNKNOWN` with the nearest id there is. */
export function findEntry(catalogue: readonly ModelEntry[], modelId: string): ModelEntry {
  const entry = catalogue.find(({ id }) => id === modelId);
  if (entry) return entry;
  const ids = catalogue.map(({ id }) => id);
  const nearest = ids.length > 0 ? ` Did you mean ${closest(modelId, ids)}?` : '';
  throw new VoiceInputError(
    'ERR_MODEL_UNKNOWN',
    `There is no model ${JSON.stringify(modelId)} in the catalogue.${nearest}`,
  );
}
