// What a reading of a clip starts from.

import type { Clip, Hint } from '@voiceinput/plugin-api';

export interface Reading {
  readonly clip: Clip;
  readonly hint: Hint;
  /** Tokens of an earlier reading of the same audio; empty without one. */
  readonly draft: readonly number[];
  /** How many variants of the clip compete. */
  readonly passes: number;
  /** How many texts are followed at once. */
  readonly beams: number;
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
