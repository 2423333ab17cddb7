// What the decoder reads before a text, and what it must not say.

import type { TextOptions } from '@voiceinput/onnx';
import type { Description } from '../description/description.ts';

/** A prompt may fill so much of what the decoder holds, as in Whisper's own program: half of it. */
const CONTEXT_SHARE = 0.5;

/** Text that was said before the clip or that is likely in it, as the decoder reads it; empty without any. */
export function previousTokens(tokens: readonly number[], { tokens: marks, dims }: Description): number[] {
  if (tokens.length === 0) return [];
  return [marks.startOfPrevious, ...tokens.slice(-(dims.textContext * CONTEXT_SHARE - 1))];
}

/** What follows the start mark: the language, that its words are wanted in that language, and no times. */
export function taskTokens(language: string | undefined, { tokens, languages, multilingual }: Description): number[] {
  const mark = language === undefined ? undefined : languages[language];
  return multilingual && mark !== undefined ? [mark, tokens.transcribe, tokens.noTimestamps] : [tokens.noTimestamps];
}

/** Marks are never said, the end mark excepted; times are marks. */
export function suppression(
  description: Description,
): Pick<TextOptions, 'endToken' | 'suppressed' | 'suppressedFirst'> {
  const { tokens, dims, suppressed, suppressedAtStart } = description;
  const marks = Array.from({ length: dims.vocabularySize - tokens.end - 1 }, (_, index) => tokens.end + 1 + index);
  return {
    endToken: tokens.end,
    suppressed: [...new Set([...suppressed, ...marks])].filter((token) => token !== tokens.end),
    suppressedFirst: suppressedAtStart.filter((token) => token !== tokens.end),
  };
}
