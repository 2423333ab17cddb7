// Whether a draft needs a second reading, and whether the second reading may replace it.

import type { Transcript } from '@voiceinput/plugin-api';
import { areScriptsDifferent } from './script.ts';
import { tokensOf, weightOf } from './tokens.ts';
import type { TextToken } from './tokens.ts';

export interface JudgeRules {
  /** A draft whose tokens are at least this probable on average (natural log) is not read again. Absent: always read again. */
  readonly skipRefineAboveLogProb?: number;
}

/** Whether the draft is so sure that a second reading is not worth its time. */
export function isSure(draft: Transcript, rules: JudgeRules): boolean {
  const { skipRefineAboveLogProb: enough = Infinity } = rules;
  return draft.meanLogProb !== undefined && draft.meanLogProb >= enough;
}

/** Why the second reading must not replace the draft; absent when it may. */
export function flawOf(refined: string, draft: string): string | undefined {
  if (draft === '') return undefined;
  if (refined === '') return 'empty';
  const [before, after] = [tokensOf(draft), tokensOf(refined)];
  if (areScriptsDifferent(after, before)) return 'other script';
  if (weightOf(after) * 2 < weightOf(before)) return 'far shorter';
  return repeats(after) && !repeats(before) ? 'repetition loop' : undefined;
}

/** Why a rewritten text must not replace the one that was heard; absent when it may. */
export function flawOfPolished(polished: string, heard: string): string | undefined {
  const invented = weightOf(tokensOf(polished)) > weightOf(tokensOf(heard)) * 2 + INVENTION_TOKENS;
  return invented ? 'far longer' : flawOf(polished, heard);
}

/** A rewritten text may have so many tokens beyond twice those that were heard: figures become words. */
const INVENTION_TOKENS = 4;
/** Nobody says more words than these four times in a row. */
const LONGEST_PHRASE = 24;

/** Whether some phrase of words, or of characters in scripts without spaces, stands at least four times in a row. */
export function repeats(tokens: readonly TextToken[]): boolean {
  for (let length = 1; length <= LONGEST_PHRASE; length += 1) {
    let run = 0;
    for (let i = length; i < tokens.length; i += 1) {
      run = tokens[i]!.text === tokens[i - length]!.text ? run + 1 : 0;
      if (run >= length * 3) return true;
    }
  }
  return false;
}
