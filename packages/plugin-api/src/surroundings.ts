// What stands around the place that a text goes to.

/** What a field can be for. `text` holds sentences; a `password` gets its words just as they were recognised. */
export const fieldKinds = ['text', 'search', 'url', 'email', 'code', 'terminal', 'number', 'tel', 'password'] as const;
/** One of `fieldKinds`. */
export type FieldKind = (typeof fieldKinds)[number];

/** What is known of the place, as far as it can be read. */
export interface Surroundings {
  /** The text before the caret, or as much of it as reaches to the start of its paragraph. Absent when it cannot be read. */
  readonly before?: string;
  /** The text behind the caret, or the rest of its line; without what is selected. Absent when it cannot be read. */
  readonly after?: string;
  /** What the field is for. Absent: `text`. */
  readonly field?: FieldKind;
}
