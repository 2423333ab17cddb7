// What a rule finds.

export interface Finding {
  /** Names it in the list of exceptions. */
  readonly key: string;
  readonly complaint: string;
}
