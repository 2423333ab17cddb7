// Which models dictate, when a user says languages and no models.

import type { PartChoice } from '@voiceinput/engine';
import { hears } from '@voiceinput/engine/configure';
import type { ModelEntry } from '@voiceinput/plugin-api';
import { candidates, type Candidate } from './table.ts';

export interface Circumstances {
  /** BCP 47; at least one. */
  readonly languages: readonly string[];
  /** Of the machine. */
  readonly memoryBytes: number;
  readonly cores: number;
  /** The models that are here, or what the user imported in their place, by the ids of the models. */
  readonly installed: ReadonlyMap<string, string>;
  /** The models that the known plugins bring, by their ids. */
  readonly known: ReadonlyMap<string, Pick<ModelEntry, 'memoryBytes'>>;
}

export interface Recommended {
  /** Absent when nothing that is here hears the languages. */
  readonly choice?: PartChoice;
  /** The model of the choice. Absent like it. */
  readonly model?: string;
  /** The model that would be best for these languages on this machine. Absent when there is none. */
  readonly best?: string;
  /** Why, for the user: half a sentence after the model's name. */
  readonly reason: string;
}

export interface Recommendation {
  readonly fast: Recommended;
  readonly refine: Recommended;
  /** Models that would be better and are not here, in order, each once. */
  readonly missing: readonly string[];
}

/** A better text is only worth waiting for when it comes from another model, or a slower reading of the same. */
export function recommend(circumstances: Circumstances): Recommendation {
  const fast = choose('fast', circumstances);
  const refine = choose('refine', circumstances);
  const wanted = [fast.best, refine.best].filter((id) => id !== undefined);
  const missing = [...new Set(wanted)].filter((id) => !circumstances.installed.has(id));
  return { fast, refine, missing };
}

function choose(lane: 'fast' | 'refine', circumstances: Circumstances): Recommended {
  const { languages, installed, known } = circumstances;
  const spoken = languages.join(', ');
  const hearing = candidates[lane].filter(
    (one) => known.has(modelOf(one)) && languages.every((language) => hears(one.languages, language)),
  );
  const fitting = hearing.filter((one) => fits(one, circumstances));
  const best = fitting[0];
  const chosen = fitting.find((one) => installed.has(modelOf(one)));
  if (best === undefined) return { reason: `no model that is known hears ${spoken} on this machine` };
  const model = chosen && installed.get(modelOf(chosen));
  if (chosen === undefined || model === undefined)
    return { best: modelOf(best), reason: `hears ${spoken}, but is not here` };
  return {
    choice: { ...chosen.choice, options: { ...chosen.choice.options, model } },
    model,
    best: modelOf(best),
    reason: reasonFor(chosen, { best, tooLarge: hearing.slice(0, hearing.indexOf(best)), spoken }),
  };
}

interface Compared {
  readonly best: Candidate;
  /** Those that would be better on a larger machine. */
  readonly tooLarge: readonly Candidate[];
  readonly spoken: string;
}

function reasonFor(chosen: Candidate, { best, tooLarge, spoken }: Compared): string {
  if (chosen !== best) return `hears ${spoken} and is here; ${modelOf(best)} would be better`;
  const [larger] = tooLarge;
  const limit = larger === undefined ? '' : `; ${modelOf(larger)} would be too slow or too large for this machine`;
  return `the best for ${spoken}${limit}`;
}

const modelOf = ({ choice }: Candidate): string => choice.options.model;

/** What a model takes may be this part of the machine's memory. */
const SHARE_OF_MEMORY = 1 / 4;

function fits(candidate: Candidate, { memoryBytes, cores, known }: Circumstances): boolean {
  const takenBytes = known.get(modelOf(candidate))?.memoryBytes;
  const leastBytes = takenBytes === undefined ? candidate.leastMemoryBytes : takenBytes / SHARE_OF_MEMORY;
  return memoryBytes >= leastBytes && cores >= candidate.leastCores;
}
