// Decides how a clip becomes a transcript.

import { decode, tokenBudget, type Decoded, type SpeechModel } from '@voiceinput/onnx';
import { SAMPLE_RATE_HZ, type Clip, type Hint, type Transcript } from '@voiceinput/plugin-api';
import { END_TOKEN, piecesOf, START_TOKEN, textOf, VOCABULARY } from './vocabulary.ts';

/** The encoder's three convolutions need 895 samples for one frame. */
const LEAST_SAMPLES = SAMPLE_RATE_HZ / 10;

/** The fastest speech in real recordings; the model's authors use the same bound. */
const TOKENS_PER_SECOND = 6.5;
const LEAST_TOKENS = 6;

/**
 * Moonshine ends one clear clip in thirty before the first word. Where the voice detector is surer than this,
 * an empty text is not accepted. On noise and silence that reflex is right, and the detector is unsure.
 */
const SURELY_SPEECH = 0.7;

export interface Reading {
  readonly clip: Clip;
  readonly hint: Hint;
  readonly readings: number;
}

export async function read(model: SpeechModel, { clip, hint }: Reading, signal: AbortSignal): Promise<Transcript> {
  signal.throwIfAborted();
  if (clip.samples.length === 0) return transcript({ tokens: [], logProbs: [] });
  const encoded = await model.encode(longEnough(clip.samples));
  const options = {
    startToken: START_TOKEN,
    endToken: END_TOKEN,
    maxTokens: tokenBudget(clip.samples.length, {
      perSecond: TOKENS_PER_SECOND,
      least: LEAST_TOKENS,
      sampleRateHz: SAMPLE_RATE_HZ,
    }),
    proposal:
      model.decoder.readsAhead && hint.proposal?.vocabulary === VOCABULARY ? piecesOf(hint.proposal.tokens) : [],
    scores: true,
  };
  const decoded = await decode(await model.decoder.begin(encoded), options, signal);
  if (decoded.tokens.length > 0 || (hint.speechProbability ?? 0) < SURELY_SPEECH) return transcript(decoded);
  return transcript(await decode(await model.decoder.begin(encoded), { ...options, neverEmpty: true }, signal));
}

function transcript({ tokens, logProbs }: Pick<Decoded, 'tokens' | 'logProbs'>): Transcript {
  const scores =
    logProbs.length === 0
      ? {}
      : {
          meanLogProb: logProbs.reduce((sum, value) => sum + value, 0) / logProbs.length,
          minLogProb: Math.min(...logProbs),
        };
  return { text: textOf(tokens), tokens: piecesOf(tokens), vocabulary: VOCABULARY, language: 'en', ...scores };
}

function longEnough(samples: Float32Array): Float32Array {
  if (samples.length >= LEAST_SAMPLES) return samples;
  const padded = new Float32Array(LEAST_SAMPLES);
  padded.set(samples);
  return padded;
}
