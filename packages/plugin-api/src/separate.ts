// What stands between two pieces of text that were spoken one after the other.

/** A character of a script that writes no spaces between words. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Punctuation of East Asian scripts: its own width is the space. */
const WIDE_MARK = /[\u3000-\u303F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]/u;
const CLOSES = /^[\p{Pe}\p{Pf}.,;:!?…%°]/u;
const OPENS = /[\p{Ps}\p{Pi}„¿¡/\\@#$€£¥_~]$/u;
/** Markup that begins: code and bold text in Markdown. */
const OPENS_MARKUP = /(?:^|[\s\p{Ps}])(?:`|\*{2,3})$/u;
/** Markup that ends, before white space or a mark. */
const CLOSES_MARKUP = /^(?<mark>`|\*{1,3}|_{1,3}|~~)(?=[\s\p{P}]|$)/u;

/**
 * The separator that belongs between two texts that stand beside each other: none at an empty text, where one of them
 * brings its own, in scripts without spaces, and where a mark clings to its neighbour.
 */
export function separatorBetween(left: string, right: string): '' | ' ' {
  if (left === '' || right === '' || /\s$/u.test(left) || /^\s/u.test(right)) return '';
  const last = Array.from(left).at(-1)!;
  const first = String.fromCodePoint(right.codePointAt(0)!);
  if (writesNoSpaces(last) && writesNoSpaces(first)) return '';
  if (WIDE_MARK.test(last) || WIDE_MARK.test(first)) return '';
  if (opens(left) || closes(left, right)) return '';
  return ' ';
}

/** Whether the character belongs to a script that writes no spaces between words, such as Chinese or Thai. */
export function writesNoSpaces(character: string): boolean {
  return UNSPACED.test(character) || WIDE_MARK.test(character);
}

/** Whether the end of `left` holds on to what comes next. */
function opens(left: string): boolean {
  if (left.endsWith('“') && isLowQuoteOpen(left.slice(0, -1))) return false;
  if (OPENS.test(left) || OPENS_MARKUP.test(left)) return true;
  if (/["']$/u.test(left)) return opensWithStraightQuote(left);
  // A hyphen or a dash that is tied to the word before it ties the next one, too.
  return /[^\s\p{P}][-–—=]$/u.test(left);
}

/** Whether the start of `right` holds on to what comes before. */
function closes(left: string, right: string): boolean {
  // ":)" and the like are no punctuation of the sentence.
  if (/^[:;]-?[)(DP]/u.test(right)) return false;
  if (/^\.[\p{L}\d]/u.test(right)) return false;
  if (CLOSES.test(right) || closesMarkup(left, right)) return true;
  if (right.startsWith('“')) return isLowQuoteOpen(left);
  if (right.startsWith('"')) return isQuoteOpen(left, '"');
  if (/^['’]/u.test(right)) return /^['’]\p{L}{1,2}(?!\p{L})/u.test(right) || isQuoteOpen(left, "'");
  return /^[-–—]\p{L}/u.test(right);
}

/** Whether `right` begins with the end of markup that begins in the last line of `left`. */
function closesMarkup(left: string, right: string): boolean {
  const mark = CLOSES_MARKUP.exec(right)?.groups?.['mark'];
  if (mark === undefined) return false;
  const begin = left
    .slice(left.lastIndexOf('\n') + 1)
    .search(new RegExp(String.raw`(?:^|[\s\p{Ps}])${escaped(mark)}\S`, 'u'));
  return begin !== -1;
}

function escaped(mark: string): string {
  return mark.replaceAll('*', String.raw`\*`);
}

/** A straight quote at the end opens when the one before it was closed, or when nothing but a space stands before it. */
function opensWithStraightQuote(left: string): boolean {
  const quote = left.at(-1)!;
  if (/(?:^|[\s\p{Ps}])["']$/u.test(left)) return true;
  return quote === '"' && isQuoteOpen(left, quote);
}

/** Whether a straight quote stands open at the end of the last paragraph. Apostrophes inside words do not count. */
export function isQuoteOpen(text: string, quote: string): boolean {
  const paragraph = text.slice(text.lastIndexOf('\n') + 1);
  const marks = paragraph.match(quote === '"' ? /"/gu : /(?<![\p{L}\d])'|'(?![\p{L}\d])/gu) ?? [];
  return marks.length % 2 === 1;
}

/** Whether a quotation that began with „ stands open, as German and Russian write it; “ closes it. */
export function isLowQuoteOpen(text: string): boolean {
  return text.lastIndexOf('„') > Math.max(text.lastIndexOf('“'), text.lastIndexOf('”'));
}

/** Each text with the separator that it owns: the leading one. Empty texts stay empty. */
export function withSeparators(texts: readonly string[], textBefore = ''): string[] {
  let before = textBefore;
  return texts.map((text) => {
    const piece = separatorBetween(before, text) + text;
    before += piece;
    return piece;
  });
}
