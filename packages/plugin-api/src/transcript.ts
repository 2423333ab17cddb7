// What is known about a text that was heard.

/**
 * How good a text is: heard while speaking (`partial`), there at once after release (`draft`), read better in the
 * background (`refined`), or the best reading rewritten by a post-processor that declares this stage (`polished`).
 */
export type Stage = 'partial' | 'draft' | 'refined' | 'polished';

/** Why a text should be looked at: `language`: surely none of the languages that may be spoken was spoken. */
export type Doubt = 'language';

/** What is known about the language of a text. */
export interface LanguageKnowledge {
  /** BCP 47. Absent when nobody knows it. */
  readonly language?: string;
  /** How likely `language` is among those that the runner could choose from, 0…1. Absent when it did not choose. */
  readonly languageProbability?: number;
  /** Such a text is neither read again nor polished. Absent: there is no reason to doubt it. */
  readonly doubtful?: Doubt;
}

/** One word with its place in the session's audio. */
export interface Word {
  readonly text: string;
  readonly startSample: number;
  readonly endSample: number;
  /** 0…1. */
  readonly confidence: number;
}

/** What a runner tells of how it came to a text. */
export interface Decoding {
  /** Mean natural-log probability of the tokens, ≤ 0. Absent when the runner does not count it. */
  readonly meanLogProb?: number;
  /** How likely it is that nobody speaks, 0…1. Absent when the runner does not judge that. */
  readonly noSpeechProb?: number;
  /** The token ids behind the text, without start and end marks; a later run may take them as its proposal. */
  readonly tokens?: readonly number[];
}

/** What a runner or post-processor gives for a clip. An empty `text` means that nothing was said. */
export interface Transcript extends LanguageKnowledge, Decoding {
  readonly text: string;
  /** The words of `text` in order, with their places in the session's audio. Absent when the runner does not know them. */
  readonly words?: readonly Word[];
  /** Names the vocabulary of `tokens`; proposals are exchanged only between equal names. */
  readonly vocabulary?: string;
}
