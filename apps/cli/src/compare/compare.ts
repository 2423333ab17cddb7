// How two models read the same clips: their errors, their times, and where they differ.

import { errorsIn, stepsBetween, wordsOf, type Step } from './words.ts';

/** What one model made of one clip. */
export interface Heard {
  readonly text: string;
  readonly ms: number;
}

export interface ClipComparison {
  readonly name: string;
  readonly audioMs: number;
  readonly said?: string;
  readonly texts: readonly [string, string];
  readonly ms: readonly [number, number];
  /** Wrong words of each. Absent without a transcript. */
  readonly errors?: readonly [number, number];
  readonly steps: readonly Step[];
}

export interface ModelSummary {
  readonly model: string;
  readonly clips: number;
  readonly audioMs: number;
  readonly ms: number;
  /** Wrong words, and of how many, in the clips with a transcript. Absent without any. */
  readonly errors?: { readonly words: number; readonly of: number };
}

/** Two readings of one clip. */
export function compareClip(
  clip: { readonly name: string; readonly audioMs: number; readonly said?: string },
  [one, other]: readonly [Heard, Heard],
): ClipComparison {
  const [left, right] = [wordsOf(one.text), wordsOf(other.text)];
  const said = clip.said === undefined ? undefined : wordsOf(clip.said);
  return {
    ...clip,
    texts: [one.text, other.text],
    ms: [one.ms, other.ms],
    ...(said !== undefined && { errors: [errorsIn(said, left), errorsIn(said, right)] }),
    steps: stepsBetween(left, right),
  };
}

/** Both models over all clips. */
export function summarise(models: readonly [string, string], clips: readonly ClipComparison[]): ModelSummary[] {
  const told = clips.filter(({ said }) => said !== undefined);
  const of = told.reduce((sum, { said = '' }) => sum + wordsOf(said).length, 0);
  return models.map((model, index) => ({
    model,
    clips: clips.length,
    audioMs: clips.reduce((sum, { audioMs }) => sum + audioMs, 0),
    ms: clips.reduce((sum, { ms }) => sum + ms[index]!, 0),
    ...(of > 0 && { errors: { words: told.reduce((sum, { errors }) => sum + errors![index]!, 0), of } }),
  }));
}
