// Which texts of a beam search are not trusted, however likely, beside the draft of the same audio.

import { piecesOf, textOf } from './vocabulary.ts';

/** Refined texts have 0.75 to 1.22 of their draft's tokens; far fewer, and a part of it was passed over. */
const LEAST_SHARE = 0.6;
/** Below so many tokens one word more or less is a large share. */
const LONG_ENOUGH = 8;
/** Moonshine knows a second style, lower case without punctuation. Word errors don't show it, readers do. */
const LEAST_PUNCTUATION = 0.5;

/** A judgement about tokens. Without a draft every text passes. */
export function besideDraft(draft: readonly number[]): (tokens: readonly number[]) => boolean {
  const marks = punctuationOf(draft);
  const leastTokens = draft.length >= LONG_ENOUGH ? LEAST_SHARE * draft.length : 0;
  return (tokens) =>
    piecesOf(tokens).length >= leastTokens && (marks === 0 || punctuationOf(tokens) >= LEAST_PUNCTUATION * marks);
}

const punctuationOf = (tokens: readonly number[]): number => textOf(tokens).match(/[.,?!;:](?=\s|$)/g)?.length ?? 0;
