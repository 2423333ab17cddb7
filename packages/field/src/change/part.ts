// What a change of a text consists of.

/** One part of a change: so many units stay, or a text comes or goes. */
export type Part = { readonly keep: number } | { readonly insert: string } | { readonly remove: string };

/** A change of a text, from its beginning on; what stands behind the last part stays. */
export type Changes = readonly Part[];
