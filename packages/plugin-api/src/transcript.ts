// What is known about a text that was heard.

/** How good a text is: heard while speaking, at once after release, or read better in the background. */
export type Stage = 'partial' | 'draft' | 'refined';

/** One word with its place in the session's audio. */
export interface Word {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
  /** 0…1. */
  readonly confidence: number;
}

/** What a runner or post-processor gives for a clip. An empty `text` means that nothing was said. */
export interface Transcript {
  readonly text: string;
  /** The language of `text`, BCP 47. Absent when the runner does not know it. */
  readonly language?: string;
  /** How likely `language` is among those that the runner could choose from, 0…1. Absent when it did not choose. */
  readonly languageProbability?: number;
  /** Whether surely none of the languages was spoken that the runner had to choose from. Such a text is not read again. Absent: no. */
  readonly doubtful?: boolean;
  /** Mean natural-log probability of the tokens, ≤ 0. Absent when the runner does not count it. */
  readonly meanLogProb?: number;
  readonly words?: readonly Word[];
  /** The token ids behind `text`, without start and end marks; a later run may take them as its proposal. */
  readonly tokens?: readonly number[];
  /** Names the vocabulary of `tokens`; proposals are exchanged only between equal names. */
  readonly vocabulary?: string;
}
