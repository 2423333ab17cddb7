// Whether a draft needs a second reading, and whether the second reading may replace it.

import type { Transcript } from '@voiceinput/plugin-api';

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
  if (wordsOf(refined).length * 2 < wordsOf(draft).length) return 'far shorter';
  if (repeats(refined) && !repeats(draft)) return 'repetition loop';
  const [draftScript, refinedScript] = [scriptOf(draft), scriptOf(refined)];
  if (draftScript !== undefined && refinedScript !== undefined && draftScript !== refinedScript) return 'other script';
  return undefined;
}

/** Whether some phrase of up to eight words stands at least four times in a row. */
export function repeats(text: string): boolean {
  const words = wordsOf(text);
  for (let length = 1; length <= 8; length += 1) {
    let run = 0;
    for (let i = length; i < words.length; i += 1) {
      run = words[i] === words[i - length] ? run + 1 : 0;
      if (run >= length * 3) return true;
    }
  }
  return false;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
}

/** Scripts that one language mixes count as one. */
const scripts = Object.entries({
  Latin: /\p{Script=Latin}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Greek: /\p{Script=Greek}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
  Hangul: /\p{Script=Hangul}/gu,
  Chinese: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
});

/** The script of most letters; absent without letters. */
function scriptOf(text: string): string | undefined {
  let [most, found]: [number, string | undefined] = [0, undefined];
  for (const [script, pattern] of scripts) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > most) [most, found] = [count, script];
  }
  return found;
}
