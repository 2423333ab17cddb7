// What the decoder expects of a clip before any text: its language, and whether anybody speaks.

import { logProbability, type Steps } from '@voiceinput/onnx';
import type { Hint } from '@voiceinput/plugin-api';
import type { EncodedClip } from '../decode/hearing.ts';
import type { Whisper } from '../decode/whisper.ts';
import { chooseLanguage, codeOf, type SpokenLanguage } from './choose.ts';

export interface Expectation extends SpokenLanguage {
  /** How likely it is that nobody speaks, 0…1. Noise can have a low one: look at the text's likelihood too. */
  readonly noSpeech: number;
  /** The decoder, with the start mark read: a text can be read from here, once. */
  readonly steps: Steps;
}

/** One pass of the decoder. `hint.languages` are the ones to choose from; `hint.language` is then the one spoken before. */
export async function ask(
  { model, description }: Whisper,
  { encoded }: EncodedClip,
  hint: Pick<Hint, 'language' | 'languages'>,
): Promise<Expectation> {
  const { start, noSpeech } = description.tokens;
  const steps = await model.decoder.begin(encoded);
  const logits = await steps.read([start]);
  const codes = (languages: readonly string[]): string[] =>
    languages.flatMap((language) => codeOf(language, description) ?? []);
  const before = hint.language === undefined ? [] : codes([hint.language]);
  const allowed = hint.languages === undefined ? before : codes(hint.languages);
  const spoken = chooseLanguage(logits, { allowed, before: before[0] }, description);
  const silence = logProbability(logits, 0, { token: noSpeech, vocabularySize: steps.vocabularySize });
  return { ...spoken, noSpeech: Math.exp(silence), steps };
}
