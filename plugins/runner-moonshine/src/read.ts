// How a clip becomes a transcript.

import type { Decoded, SpeechModel } from '@voiceinput/onnx';
import type { Transcript } from '@voiceinput/plugin-api';
import { likeliest } from './likeliest.ts';
import { mean, type Reading } from './reading.ts';
import { surest } from './surest.ts';
import { piecesOf, spokenText, VOCABULARY } from './vocabulary.ts';

/** Reads by beam search when several texts are followed, else greedily; greedily too where the search finds nothing. */
export async function read(
  model: SpeechModel,
  { clip, hint, passes, beams }: Omit<Reading, 'draft'>,
  signal: AbortSignal,
): Promise<Transcript> {
  signal.throwIfAborted();
  if (clip.samples.length === 0) return transcript({ tokens: [], logProbs: [] });
  const draft = hint.proposal?.vocabulary === VOCABULARY ? piecesOf(hint.proposal.tokens) : [];
  const reading = { clip, hint, draft, passes, beams };
  const searched = beams > 1 ? await likeliest(model, reading, signal) : undefined;
  return transcript(searched ?? (await surest(model, beams > 1 ? { ...reading, passes: 1 } : reading, signal)));
}

function transcript({ tokens, logProbs }: Pick<Decoded, 'tokens' | 'logProbs'>): Transcript {
  const scores = logProbs.length === 0 ? {} : { meanLogProb: mean(logProbs) };
  const text = spokenText(tokens);
  return { text, tokens: text === '' ? [] : piecesOf(tokens), vocabulary: VOCABULARY, language: 'en', ...scores };
}
