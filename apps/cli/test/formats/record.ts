// What is kept of the last look at all formats: docs/formats.json, from which docs/FILES.md is written.

import type { Pair } from './pairs.ts';

export interface PairOutcome extends Pair {
  /**
   * `text`: what was said. `unclear`: so few bits a second that words are lost. `refused`: a sentence. `wrong`: none of them,
   * which fails the test.
   */
  readonly outcome: 'text' | 'unclear' | 'refused' | 'wrong';
  /** The sentence, or what is wrong. */
  readonly says?: string;
  /** Whether no ffmpeg is needed. */
  readonly alone: boolean;
}

export interface FormatsRecord {
  readonly ffmpeg: string;
  readonly when: string;
  readonly pairs: readonly PairOutcome[];
}
