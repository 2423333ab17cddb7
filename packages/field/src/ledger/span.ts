// What it means that a stretch of a field is ours.

/** Which segment of which dictation; `segmentId` is empty for the space after a dictation. */
export interface Owner {
  readonly sessionId: string;
  readonly segmentId: string;
}

/** A stretch of a field that holds a segment's text as it was put there. */
export interface Span extends Owner {
  /** Its place in the field, in the field's units. */
  readonly start: number;
  /** Its length, in the field's units. */
  readonly length: number;
  readonly text: string;
  /** Whether the user changed it. Its place and text then mean nothing any more, and it is never written to again. */
  readonly touched: boolean;
}

/** A change of a field, in its units: `remove` of them at `at` became `insert` new ones. */
export interface FieldEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: number;
}

/** Where a stretch ends, in the field's units. */
export const endOf = ({ start, length }: Pick<Span, 'start' | 'length'>): number => start + length;

/** Whether both are of one segment of one dictation. */
export const isSame = (a: Owner, b: Owner): boolean => a.sessionId === b.sessionId && a.segmentId === b.segmentId;
