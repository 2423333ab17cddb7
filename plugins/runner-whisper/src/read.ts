// How a clip becomes a transcript.

import type { Decoded } from '@voiceinput/onnx';
import type { Clip, Hint, Transcript } from '@voiceinput/plugin-api';
import { ask, type Expectation } from './language/ask.ts';
import { hear, type EncodedClip } from './decode/hearing.ts';
import { readText, type Attempt } from './decode/text.ts';
import { wordsOf } from './decode/word-times.ts';
import type { Whisper } from './decode/whisper.ts';
import { previousText, repeatsPrevious } from './previous.ts';
import { isInvented } from './silence.ts';

export interface ClipToRead {
  readonly clip: Clip;
  readonly hint: Hint;
  /** How many texts are followed at once. */
  readonly beams: number;
}

/** Names the tokens of models with the same vocabulary. */
export const vocabularyOf = ({ description }: Whisper): string => `whisper-${description.dims.vocabularySize}`;

/**
 * Reads a clip once, and another way where the text is caught in a loop or only repeats what it was given. An empty
 * text where nobody speaks. Rejects with the signal's reason at the next token.
 */
export async function read(whisper: Whisper, request: ClipToRead, signal: AbortSignal): Promise<Transcript> {
  signal.throwIfAborted();
  const { clip, hint } = request;
  if (clip.samples.length === 0) return { text: '' };
  const hearing = await hear(whisper, clip.samples, whisper.description.context);
  signal.throwIfAborted();
  const expected = await ask(whisper, hearing, hint);
  const reading = await readSoundly(whisper, { ...request, hearing, expected }, signal);
  return transcript(whisper, { ...reading, clip, expected });
}

interface Heard extends ClipToRead {
  readonly hearing: EncodedClip;
  readonly expected: Expectation;
}

/** A text and where it was heard. */
interface Reading {
  readonly decoded: Decoded;
  readonly hearing: EncodedClip;
}

/** The first way to read that is not caught in a loop; else what the last one said before it. */
async function readSoundly(whisper: Whisper, heard: Heard, signal: AbortSignal): Promise<Reading> {
  const { hint, hearing, expected, beams } = heard;
  const plain: Attempt = { language: expected.language, previous: [], proposal: [], beams, hearing };
  const previous = await whisper.tokenizer.encode(previousText(hint));
  const proposal = beams === 1 ? await proposalOf(whisper, hint) : [];
  const first = await readText(whisper, { ...plain, previous, proposal, steps: expected.steps }, signal);
  const sound = ({ ending, tokens }: Decoded): boolean =>
    ending !== 'loop' && !(previous.length > 0 && repeatsPrevious(whisper.tokenizer.decode(tokens), hint));
  if (sound(first)) return { decoded: first, hearing };
  if (previous.length > 0) {
    const alone = await readText(whisper, plain, signal);
    if (alone.ending !== 'loop') return { decoded: alone, hearing };
  }
  const full = hearing.context === 'full' ? hearing : await hear(whisper, heard.clip.samples, 'full');
  signal.throwIfAborted();
  for (const followed of hearing.context === 'full' ? [OTHER_BEAMS] : [beams, OTHER_BEAMS]) {
    const again = await readText(whisper, { ...plain, beams: followed, hearing: full }, signal);
    if (again.ending !== 'loop') return { decoded: again, hearing: full };
  }
  return { decoded: first, hearing };
}

/** Enough to find a way past a loop. */
const OTHER_BEAMS = 4;

/** What was heard before, in this model's tokens, whatever model heard it. */
async function proposalOf(whisper: Whisper, { proposal }: Hint): Promise<readonly number[]> {
  if (!proposal) return [];
  if (proposal.vocabulary === vocabularyOf(whisper)) return proposal.tokens;
  const text = proposal.text.trim();
  return text === '' ? [] : whisper.tokenizer.encode(` ${text}`);
}

function transcript(
  whisper: Whisper,
  { decoded, hearing, clip, expected }: Reading & { clip: Clip; expected: Expectation },
): Transcript {
  const { tokens, logProbs } = decoded;
  const { language, probability, foreign, noSpeech } = expected;
  const meanLogProb = logProbs.reduce((sum, logProb) => sum + logProb, 0) / Math.max(1, logProbs.length);
  const about = {
    ...(language !== undefined && { language }),
    ...(probability !== undefined && { languageProbability: probability }),
    ...(foreign && { doubtful: 'language' as const }),
  };
  const text = whisper.tokenizer.decode(tokens).trim();
  if (text === '' || isInvented({ noSpeech, meanLogProb })) return { text: '', ...about, noSpeechProb: noSpeech };
  const { tokenizer } = whisper;
  const words = wordsOf(decoded, { hearing, startSample: clip.startSample, tokenizer });
  return { text, ...about, meanLogProb, noSpeechProb: noSpeech, words, tokens, vocabulary: vocabularyOf(whisper) };
}
