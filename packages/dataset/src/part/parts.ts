// Which speakers and chapters are learnt from, and which are kept apart to judge by.

import { createHash } from 'node:crypto';
import type { DatasetPart, ListedClip } from '../clip.ts';

/** Of the whole, for each of the two parts that are kept apart. */
const HELD_SHARE = 0.1;
/** With fewer there is nothing to keep apart. */
const LEAST_GROUPS = 3;

/**
 * The part of each group, by `weights`: how much there is of each, in any unit. Groups that are in a part already stay
 * there. The same groups are divided in the same way every time; the heaviest is learnt from.
 */
export function partsOf(
  weights: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, DatasetPart> = new Map(),
): Map<string, DatasetPart> {
  const parts = new Map<string, DatasetPart>();
  for (const group of weights.keys()) parts.set(group, before.get(group) ?? 'train');
  if (weights.size < LEAST_GROUPS) return parts;
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const lightestFirst = [...weights.keys()].toSorted((one, other) => weights.get(one)! - weights.get(other)!);
  const heaviest = lightestFirst.at(-1)!;
  const byChance = weights.size <= 2 * LEAST_GROUPS ? lightestFirst : [...weights.keys()].toSorted(byHash);
  for (const part of ['test', 'validation'] as const) {
    let held = sumOf(part);
    const free = byChance.filter((group) => !before.has(group) && parts.get(group) === 'train' && group !== heaviest);
    for (const [index, group] of free.entries()) {
      if (held >= total * HELD_SHARE) break;
      // One that alone is far more than the share goes only where the part would be empty without it.
      if (held > 0 && held + weights.get(group)! > 2 * total * HELD_SHARE) continue;
      // The last one is left for the other part.
      if (part === 'test' && held > 0 && index === free.length - 1) continue;
      parts.set(group, part);
      held += weights.get(group)!;
    }
  }
  return parts;

  function sumOf(part: DatasetPart): number {
    const inPart = [...weights].filter(([group]) => parts.get(group) === part);
    return inPart.reduce((sum, [, weight]) => sum + weight, 0);
  }
}

const byHash = (one: string, other: string): number => (hashOf(one) < hashOf(other) ? -1 : 1);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How texts are compared that may be the same: letters and digits alone. */
export const essenceOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Of each text, where it is kept apart to judge by: what must not be learnt from, too. `test` before `validation`. */
export class HeldTexts {
  readonly #parts = new Map<string, DatasetPart>();

  /** Notes a text of a part. */
  add(text: string, part: DatasetPart): void {
    const essence = essenceOf(text);
    const before = this.#parts.get(essence);
    if (part === 'train' || before === 'test') return;
    this.#parts.set(essence, part);
  }

  /** Whether the text may not stand in this part, because another one is judged by it. */
  leaks(text: string, part: DatasetPart): boolean {
    const held = this.#parts.get(essenceOf(text));
    return held !== undefined && held !== part;
  }
}

/** How many clips each group has. */
export function clipsByGroup(clips: readonly ListedClip[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { group } of clips) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}
