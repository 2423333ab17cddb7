// Which of several greedy passes of a clip is taken: the surest.

import { decode, type Decoded, type SpeechModel } from '@voiceinput/onnx';
import { isSurelySpeech, longEnough, mostTokens } from './limits.ts';
import { mean, type Reading } from './reading.ts';
import { variants } from './variants.ts';
import { END_TOKEN, PROMPT } from './vocabulary.ts';

/** Reading several tokens at once shifts logits by about so much (8-bit activations share one scale). */
const ROUNDING_NOISE = 0.25;

/** The surest of the passes; nothing where the first hears nothing and the detector does not object. */
export async function surest(
  model: SpeechModel,
  { clip, hint, draft, passes }: Reading,
  signal: AbortSignal,
): Promise<Decoded> {
  const surelySpeech = isSurelySpeech(hint);
  let best = await hear(
    model,
    { samples: clip.samples, proposal: draft, nearTie: ROUNDING_NOISE, surelySpeech },
    signal,
  );
  if (best.tokens.length === 0) return best;
  for (const vary of variants.slice(1, passes)) {
    // A leaning towards what was heard before would make the passes err alike.
    const hearing = { samples: vary(clip.samples), proposal: best.tokens, nearTie: 0, surelySpeech };
    const other = await hear(model, hearing, signal);
    if (other.tokens.length > 0 && certainty(other) > certainty(best)) best = other;
  }
  return best;
}

interface Hearing {
  readonly samples: Float32Array;
  readonly proposal: readonly number[];
  readonly nearTie: number;
  readonly surelySpeech: boolean;
}

async function hear(
  model: SpeechModel,
  { samples, proposal, nearTie, surelySpeech }: Hearing,
  signal: AbortSignal,
): Promise<Decoded> {
  const encoded = await model.encode(longEnough(samples));
  const options = {
    prompt: PROMPT,
    endToken: END_TOKEN,
    maxTokens: mostTokens(samples),
    proposal: model.decoder.multiToken ? proposal : [],
    nearTie,
    scores: true,
  };
  const decoded = await decode(await model.decoder.begin(encoded), options, signal);
  if (decoded.tokens.length > 0 || !surelySpeech) return decoded;
  return decode(await model.decoder.begin(encoded), { ...options, neverEmpty: true }, signal);
}

/** The mean probability of a token: chose better between greedy passes than the mean of the logarithms. */
const certainty = ({ logProbs }: Decoded): number => mean(logProbs.map(Math.exp));
