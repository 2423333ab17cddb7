// A recording with what was said in it.

/** One recording that can become a line of a data set. */
export interface ListedClip {
  /** Names it among those of its source, such as its path from there. */
  readonly name: string;
  /** Absolute path of the audio. */
  readonly path: string;
  /** What was said, as it is written. Not empty. */
  readonly text: string;
  /** Who speaks, or what is read: never divided between parts. */
  readonly group: string;
  /** An ISO 639 code. Absent when nobody knows. */
  readonly language?: string;
}

/** `train`: learnt from; `validation`: chooses when to stop; `test`: judges, and is used for nothing else. */
export type DatasetPart = 'train' | 'validation' | 'test';

export const DATASET_PARTS: readonly DatasetPart[] = ['train', 'validation', 'test'];
