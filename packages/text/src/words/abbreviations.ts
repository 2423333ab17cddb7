// Abbreviations that end with a dot, by what follows them.

/** After these the sentence goes on. */
const GOES_ON = 'e.g i.e vs cf approx viz incl esp resp ca т.е т.к т.н т.о напр см ср т.ч прим рис табл с гл п пп';
/** After these a name or a number comes. */
const BEFORE_NAME =
  'mr mrs ms mx dr prof st sgt capt col gen lt rev hon gov sen rep pres fr no fig vol art sec ch pp г-н г-жа гг проф акад доц им ул пл пр пер наб д кв корп стр тел тов св о';
/** These stand in the middle as well as at the end of a sentence. */
const MAY_END =
  'etc inc ltd co corp jr sr al ed a.m p.m u.s u.k u.n b.c a.d e.u d.c jan feb mar apr jun jul aug sep sept oct nov dec т.д т.п др пр г в в.в руб коп тыс млн млрд трлн мин сек час ч чел экз шт кг км н.э обл р';

const kinds = new Map<string, Abbreviation>([
  ...list(GOES_ON, 'goesOn'),
  ...list(BEFORE_NAME, 'beforeName'),
  ...list(MAY_END, 'mayEnd'),
]);

/** What a dot at the end of a line belongs to; `none` when it is a full stop. */
export type Abbreviation = 'goesOn' | 'beforeName' | 'mayEnd' | 'none';

/** The abbreviation that ends with the dot at the end of `line`. */
export function abbreviationAt(line: string): Abbreviation {
  const word = /(?:^|[\s\p{Ps}\p{Pi}"'])(?<word>[\p{L}-]+(?:\.\s?[\p{L}-]+)*)\.$/u.exec(line)?.groups?.['word'];
  if (word === undefined) return 'none';
  // An initial, as in "J. Smith" or "А. С. Пушкин"; "I." is a sentence's end.
  if (/^(?:\p{Lu}\.\s?)*\p{Lu}$/u.test(word) && word !== 'I') return word.length > 1 ? 'mayEnd' : 'beforeName';
  const joined = word.replaceAll(/\s/gu, '').toLowerCase();
  return kinds.get(joined) ?? kinds.get(joined.split('.').at(-1)!.length > 0 ? lastWord(word) : '') ?? 'none';
}

function lastWord(word: string): string {
  return word.split(/\.\s/u).at(-1)!.toLowerCase();
}

function list(words: string, kind: Abbreviation): [string, Abbreviation][] {
  return words.split(' ').map((word) => [word, kind]);
}
