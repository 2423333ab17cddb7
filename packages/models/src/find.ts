// Which entry of a catalogue a model id means.

import { nearestOf, quoted, VoiceInputError } from '@voiceinput/plugin-api';
import type { ModelEntry } from './entry.ts';

/** The entry of that id. Throws `ERR_MODEL_UNKNOWN` with the ids there are, and the one that was likely meant. */
export function findEntry(catalogue: readonly ModelEntry[], modelId: string): ModelEntry {
  const entry = catalogue.find(({ id }) => id === modelId);
  if (entry) return entry;
  const ids = catalogue.map(({ id }) => id);
  const nearest = nearestOf(modelId, ids);
  throw new VoiceInputError(
    'ERR_MODEL_UNKNOWN',
    `There is no model ${quoted(modelId)} in the catalogue; there is ${ids.join(', ')}.`,
    { ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }) },
  );
}
