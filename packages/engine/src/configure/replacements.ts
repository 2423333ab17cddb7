// How the user's replacements get to the post-processor that makes them, whichever profile is in force.

import { isObject } from './object.ts';
import type { PartChoice } from './profile.ts';

export interface ReplacementsRequest {
  readonly post: readonly Partial<PartChoice>[];
  /** The id of the post-processor that makes them. Absent: nobody does. */
  readonly replacing: string | undefined;
  readonly replacements: Readonly<Record<string, string>>;
}

/** It comes first where the profile does not place it; what the profile gives it itself overrides the same words. */
export function withReplacements({
  post,
  replacing,
  replacements,
}: ReplacementsRequest): readonly Partial<PartChoice>[] {
  if (replacing === undefined || Object.keys(replacements).length === 0) return post;
  const place = post.findIndex(({ use }) => use === replacing);
  if (place === -1) return [{ use: replacing, options: { replacements } }, ...post];
  return post.map((choice, index) => (index === place ? withOwn(choice, replacements) : choice));
}

function withOwn(choice: Partial<PartChoice>, replacements: Readonly<Record<string, string>>): Partial<PartChoice> {
  const own = choice.options?.['replacements'];
  // What is no table of texts is refused with the rest of the options.
  if (own !== undefined && !isObject(own)) return choice;
  return { ...choice, options: { ...choice.options, replacements: { ...replacements, ...own } } };
}
