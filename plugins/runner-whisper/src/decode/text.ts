// How one text is read from a hearing: greedily along a proposal, or the likeliest of several followed at once.

import { decode, decodeBeams, tokenBudget } from '@voiceinput/onnx';
import type { Decoded, Steps, TextOptions } from '@voiceinput/onnx';
import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { EncodedClip } from './hearing.ts';
import { watchLoops } from './loops.ts';
import { previousTokens, suppression, taskTokens } from './prompt.ts';
import type { Whisper } from './whisper.ts';

/** Fast speech in scripts that take several tokens a letter comes to less than that. */
const TOKENS = { perSecond: 20, least: 12, sampleRateHz: SAMPLE_RATE_HZ };
/** In 8 bits reading several tokens at once rounds otherwise than reading one, so that near-ties would fall differently. */
const NEAR_TIE = { int8: 0.4, float: 0 };

export interface Attempt {
  /** Whisper's code. */
  readonly language: string | undefined;
  /** What is likely in the text or was said before it. */
  readonly previous: readonly number[];
  /** What the text may be, in this model's tokens. Not looked at with several beams. */
  readonly proposal: readonly number[];
  readonly beams: number;
  readonly hearing: EncodedClip;
  /** A decoder that has read just the start mark. Not used with anything `previous`. */
  readonly steps?: Steps;
}

/** A text whose ending is `loop` is cut before it repeats itself. */
export async function readText(whisper: Whisper, request: Attempt, signal: AbortSignal): Promise<Decoded> {
  const { description } = whisper;
  const { hearing } = request;
  const prompt = taskTokens(request.language, description);
  const options: TextOptions = {
    prompt,
    ...suppression(description),
    maxTokens: Math.min(tokenBudget(hearing.samples, TOKENS), description.dims.textContext / 2 - prompt.length - 1),
  };
  const followed = { ...options, scores: true, looks: true, promptApart: true, loopAt: watchLoops(hearing) };
  const steps = await begin(whisper, request);
  if (request.beams === 1) {
    return decode(steps, { ...followed, proposal: request.proposal, nearTie: NEAR_TIE[description.precision] }, signal);
  }
  const found = await decodeBeams(steps, { ...options, beams: request.beams }, signal);
  if (found.tokens.length === 0) return found;
  // A search does not say where it looked: one more pass along its text does.
  const along = { ...followed, forced: found.tokens, maxTokens: found.tokens.length + 1 };
  const { steps: _used, ...anew } = request;
  const { looks, ending, tokens: kept } = await decode(await begin(whisper, anew), along, signal);
  return ending === 'loop' ? { ...found, tokens: kept, looks, ending } : { ...found, looks };
}

/**
 * Marks are read apart from text: their activations are so large that what is rounded to 8 bits together with them
 * gets coarse.
 */
async function begin({ model, description }: Whisper, { hearing, steps, previous }: Attempt): Promise<Steps> {
  if (steps && previous.length === 0) return steps;
  const begun = await model.decoder.begin(hearing.encoded);
  await begun.read([...previousTokens(previous, description), description.tokens.start]);
  return begun;
}
