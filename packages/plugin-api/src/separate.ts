// What stands between two pieces of text that were spoken one after the other.

const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const CLOSES = /^[\s\p{Pe}\p{Pf}.,;:!?…。、，！？]/u;
const OPENS = /[\s\p{Ps}\p{Pi}]$/u;

/** The separator between `before` and `after`: empty where either is, where scripts write no spaces, and at brackets. */
export function separatorBetween(before: string, after: string): '' | ' ' {
  if (before === '' || after === '') return '';
  if (OPENS.test(before) || CLOSES.test(after)) return '';
  const last = Array.from(before).at(-1)!;
  const first = String.fromCodePoint(after.codePointAt(0)!);
  return NO_SPACES.test(last) && NO_SPACES.test(first) ? '' : ' ';
}

/** Each text with the separator that it owns: the leading one. Empty texts stay empty. */
export function withSeparators(texts: readonly string[], textBefore = ''): string[] {
  let before = textBefore;
  return texts.map((text) => {
    const piece = separatorBetween(before, text) + text;
    if (text !== '') before = text;
    return piece;
  });
}
