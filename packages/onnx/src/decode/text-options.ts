// What holds for every text that is decoded, greedily or by beam search.

import { suppress } from './scores.ts';

export interface TextOptions {
  /** What is read before the text, at least one token: the start mark, and whatever else the model expects. */
  readonly prompt: readonly number[];
  /** The token that ends a text. */
  readonly endToken: number;
  /** Decoding stops after so many tokens. */
  readonly maxTokens: number;
  /** Tokens that are never chosen, such as marks. */
  readonly suppressed?: readonly number[];
  /** Tokens that are not chosen as the first. */
  readonly suppressedFirst?: readonly number[];
  /** Tokens with which the text begins, whatever the model says of them. They are part of it. */
  readonly forced?: readonly number[];
  /** Whether an empty text is out of the question. */
  readonly neverEmpty?: boolean;
}

/** Makes what is suppressed impossible in the row of logits from which the token at `place` of the text is chosen. */
export function applySuppression(
  logits: Float32Array,
  { row, place, vocabularySize }: { row: number; place: number; vocabularySize: number },
  { suppressed = [], suppressedFirst = [], forced = [] }: TextOptions,
): void {
  if (place < forced.length) return;
  suppress(logits, row, { vocabularySize, tokens: suppressed });
  if (place === 0) suppress(logits, row, { vocabularySize, tokens: suppressedFirst });
}
