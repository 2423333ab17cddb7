// How well a text can be cut between two of its words.

const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u;
const CLAUSE_END = /[,;:–—،、，；：)\]]["'”’»]*$/u;

/** Words that belong to what follows: articles, prepositions, possessives, auxiliaries. */
const LEANING = new Set(
  [
    'a an the of to in on at for with from by into than as or and but if my your his her its our their this these those',
    'is are was were be been has have had will would can could should must may might do does did not no very mr mrs dr',
    'der die das den dem des ein eine einen einem einer eines von zu zum zur im in am an auf mit für bei nach aus über und oder',
    'le la les un une des du de à au aux en dans sur pour par avec sans et ou mon ma mes son sa ses',
    'il lo gli i uno una di del della dei delle da dal in nel nella con su sul per tra fra e o',
    'el los las unos unas de del al en con por para sin sobre y o mi tu su sus',
    'o os as um uma do da dos das no na nos nas em com por para sem sobre e ou',
    'w we z ze na do od po za przez dla przy o u i oraz lub nie',
    'в во на с со к ко от до из у о об за под над при для без по и или не',
    'у в на з із зі до від за під над при для без по про і й та або не',
  ].flatMap((words) => words.split(' ')),
);
/** Words with which a clause begins. */
const OPENING = new Set(
  [
    'and but or because although though while when where which who that if so then since until before after unless than',
    'und aber oder weil obwohl während wenn wo dass ob damit denn sondern bevor nachdem',
    'et mais ou parce que quand où qui si donc car puis pendant avant après',
    'e ma o perché quando dove che chi se quindi mentre prima dopo',
    'y pero o porque cuando donde que quien si entonces mientras antes después',
    'mas ou quando onde quem se então enquanto depois',
    'i a ale lub bo kiedy gdy gdzie że który która które jeśli więc oraz',
    'и а но или потому когда где что который которая которые если чтобы пока хотя',
    'і й та але або бо коли де що який яка які якщо щоб поки хоча',
  ].flatMap((words) => words.split(' ')),
);

/** What a cut costs; the more, the worse the text reads there. */
export const cutCosts = { sentence: 0, clause: 2, opening: 5, word: 12, leaning: 30 } as const;

/** What it costs to cut between `before` and `after`. */
export function cutCost(before: string, after: string): number {
  if (SENTENCE_END.test(before)) return cutCosts.sentence;
  if (CLAUSE_END.test(before)) return cutCosts.clause;
  if (LEANING.has(bare(before))) return cutCosts.leaning;
  return OPENING.has(bare(after)) ? cutCosts.opening : cutCosts.word;
}

const bare = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}']+/gu, '');
