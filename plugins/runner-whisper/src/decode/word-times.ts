// When each word of a text was said, from where its tokens looked.

import { alignTokens, type Decoded } from '@voiceinput/onnx';
import type { Word } from '@voiceinput/plugin-api';
import type { Tokenizer } from '../tokens/tokenizer.ts';
import { FRAME_SAMPLES } from './audio.ts';
import type { EncodedClip } from './hearing.ts';

/** Words with their places in the session's audio; none where the decoder did not say where it looked. */
export function wordsOf(
  { tokens, looks, logProbs }: Decoded,
  { hearing, startSample, tokenizer }: { hearing: EncodedClip; startSample: number; tokenizer: Tokenizer },
): Word[] {
  const { frames, heardFrames } = hearing;
  const spans = alignTokens(looks, { tokens: tokens.length, frames, heard: heardFrames });
  if (spans.length === 0) return [];
  return wordRanges(tokens, tokenizer).map(({ text, from, to }) => ({
    text,
    startSample: startSample + spans[from]!.startFrame * FRAME_SAMPLES,
    endSample: startSample + Math.min(hearing.samples, spans[to - 1]!.endFrame * FRAME_SAMPLES),
    confidence: Math.exp(mean(logProbs.slice(from, to))),
  }));
}

interface WordRange {
  readonly text: string;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * Tokens by words: a word begins at a token with a space before its text; in scripts without spaces, at every token
 * that is whole letters. Marks stay with the word before them.
 */
export function wordRanges(tokens: readonly number[], tokenizer: Pick<Tokenizer, 'decode'>): WordRange[] {
  const ranges: WordRange[] = [];
  for (let from = 0; from < tokens.length;) {
    let to = from + 1;
    let text = tokenizer.decode(tokens.slice(from, to));
    // A letter may be spread over several tokens.
    while (text.includes('\uFFFD') && to < tokens.length) text = tokenizer.decode(tokens.slice(from, ++to));
    const last = ranges.at(-1);
    if (last && !beginsWord(text)) ranges[ranges.length - 1] = { ...last, text: last.text + text, to };
    else ranges.push({ text, from, to });
    from = to;
  }
  return ranges.map((range) => ({ ...range, text: range.text.trim() })).filter(({ text }) => text !== '');
}

const WITHOUT_SPACES =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const beginsWord = (text: string): boolean =>
  /^\s+[^\s\p{P}]/u.test(text) || /^\s+\p{P}+\p{L}/u.test(text) || WITHOUT_SPACES.test(text);

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
