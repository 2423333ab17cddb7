// Decides how a clip becomes a transcript.

import { decode, tokenBudget, type Decoded, type SpeechModel } from '@voiceinput/onnx';
import { SAMPLE_RATE_HZ, type Clip, type Hint, type Transcript } from '@voiceinput/plugin-api';
import { variants } from './variants.ts';
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

/** Reading several tokens at once shifts logits by about so much (8-bit activations share one scale). */
const ROUNDING_NOISE = 0.25;

export interface Reading {
  readonly clip: Clip;
  readonly hint: Hint;
  /** How many variants of the clip compete. */
  readonly readings: number;
}

/** The surest of the readings; nothing where the first hears nothing and the detector does not object. */
export async function read(
  model: SpeechModel,
  { clip, hint, readings }: Reading,
  signal: AbortSignal,
): Promise<Transcript> {
  signal.throwIfAborted();
  const { samples } = clip;
  if (samples.length === 0) return transcript({ tokens: [], logProbs: [] });
  const proposal = hint.proposal?.vocabulary === VOCABULARY ? piecesOf(hint.proposal.tokens) : [];
  const surelySpeech = (hint.speechProbability ?? 0) >= SURELY_SPEECH;
  let best = await hear(model, { samples, proposal, surelySpeech }, signal);
  if (best.tokens.length === 0) return transcript(best);
  for (const vary of variants.slice(1, readings)) {
    const other = await hear(model, { samples: vary(samples), proposal: best.tokens, surelySpeech }, signal);
    if (other.tokens.length > 0 && certainty(other) > certainty(best)) best = other;
  }
  return transcript(best);
}

interface Hearing {
  readonly samples: Float32Array;
  readonly proposal: readonly number[];
  readonly surelySpeech: boolean;
}

async function hear(
  model: SpeechModel,
  { samples, proposal, surelySpeech }: Hearing,
  signal: AbortSignal,
): Promise<Decoded> {
  const encoded = await model.encode(longEnough(samples));
  const options = {
    startToken: START_TOKEN,
    endToken: END_TOKEN,
    maxTokens: tokenBudget(samples.length, {
      perSecond: TOKENS_PER_SECOND,
      least: LEAST_TOKENS,
      sampleRateHz: SAMPLE_RATE_HZ,
    }),
    proposal: model.decoder.readsAhead ? proposal : [],
    nearTie: ROUNDING_NOISE,
    scores: true,
  };
  const decoded = await decode(await model.decoder.begin(encoded), options, signal);
  if (decoded.tokens.length > 0 || !surelySpeech) return decoded;
  return decode(await model.decoder.begin(encoded), { ...options, neverEmpty: true }, signal);
}

function transcript({ tokens, logProbs }: Pick<Decoded, 'tokens' | 'logProbs'>): Transcript {
  const scores = logProbs.length === 0 ? {} : { meanLogProb: mean(logProbs) };
  return { text: textOf(tokens), tokens: piecesOf(tokens), vocabulary: VOCABULARY, language: 'en', ...scores };
}

/** The mean probability of a token: chose better between readings than the mean of the logarithms. */
const certainty = ({ logProbs }: Decoded): number => mean(logProbs.map(Math.exp));

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function longEnough(samples: Float32Array): Float32Array {
  if (samples.length >= LEAST_SAMPLES) return samples;
  const padded = new Float32Array(LEAST_SAMPLES);
  padded.set(samples);
  return padded;
}
