// In which script a text is written.

import type { TextToken } from './tokens.ts';

/** Scripts that one language mixes count as one. */
const scripts = Object.entries({
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Arabic: /\p{Script=Arabic}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Devanagari: /\p{Script=Devanagari}/u,
  Thai: /\p{Script=Thai}/u,
  Hangul: /\p{Script=Hangul}/u,
  'Han and kana': /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
});

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}/u;
/** So many Han characters without any kana are hardly Japanese. */
const HARDLY_JAPANESE = 6;

/** Whether two readings of the same audio are written in different scripts. Without letters, nothing can be said. */
export function areScriptsDifferent(refined: readonly TextToken[], draft: readonly TextToken[]): boolean {
  const [before, after] = [scriptOf(draft), scriptOf(refined)];
  if (before === undefined || after === undefined) return false;
  return before !== after || (count(draft, KANA) > 0 && isChinese(refined));
}

function isChinese(tokens: readonly TextToken[]): boolean {
  return count(tokens, KANA) === 0 && count(tokens, HAN) >= HARDLY_JAPANESE;
}

/** The script of most tokens; absent without letters. A name in another script does not change it. */
function scriptOf(tokens: readonly TextToken[]): string | undefined {
  let [most, found]: [number, string | undefined] = [0, undefined];
  for (const [script, pattern] of scripts) {
    const tokenCount = count(tokens, pattern);
    if (tokenCount > most) [most, found] = [tokenCount, script];
  }
  return found;
}

const count = (tokens: readonly TextToken[], pattern: RegExp): number =>
  tokens.filter(({ text }) => pattern.test(text)).length;
