// What a model heard, word by word.

/** A word with its place in the recording. */
export interface HeardWord {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
}
