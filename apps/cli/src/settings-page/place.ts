// Where on the page a setting stands.

import type { PageGroup } from './page/shapes.ts';

/** By the beginning of its name; the first that fits counts. What is new and not here yet is in `advanced`. */
const places: readonly (readonly [start: string, group: PageGroup])[] = [
  ['dictation.history', 'privacy'],
  ['dictation.onDraft', 'doors'],
  ['dictation.onRefined', 'doors'],
  ['plugins', 'doors'],
  ['dictation.sink', 'applications'],
  ['dictation.source', 'dictation'],
  ['dictation', 'dictation'],
  ['languages', 'languages'],
  ['hybrid', 'languages'],
  ['profile', 'languages'],
  ['words', 'text'],
  ['replacements', 'text'],
];

/** The schema's own address is for editors. */
export const isShown = (name: string): boolean => name !== '$schema';

/** What comes first in its section; the others follow as the schema has them. */
const FIRST = ['languages'];

/** Whether it comes before all others of its section. */
export const isFirst = (name: string): boolean => FIRST.includes(name);

/** `name`: the path as the command line has it; settings of profiles are for those who know them. */
export function placeOf(name: string): PageGroup {
  if (/^profiles\.[^.]+\.fit$/.test(name)) return 'text';
  if (name.startsWith('profiles.')) return 'advanced';
  return places.find(([start]) => name.startsWith(start))?.[1] ?? 'advanced';
}
