// Names that a dictionary has as other words, too: "John", "Tom", "Катя".

const RATHER_NAMES: Readonly<Record<string, string>> = {
  en: 'google python smith martin john johnny jack frank bob bobby bill billy tom tony ted terry timothy peter nick mike mick rick dick rob ken don max lee harry charlie roger graham earl hank josh jimmy victor christian dean lance randy robin brad chad barry wally pierce maria heather jean jenny sally molly kitty sue meg debra carol dolly peg stella jane sherry basil mason cooper carter trump march august china turkey japan paris santa english french german russian polish danish welsh java excel docker chrome amazon',
  ru: 'максим||а|у|ом|е макс||а|у|ом|е паш|а|и|е|у|ей кат|я|и|е|ю|ей лен|а|ы|е|у|ой юл|я|и|е|ю|ей жен|я|ю|ей толя костя гена ром|а|ы|е|у|ой вик|а|и|е|у|ой сон|я|ю|ей люба варвар|а|ы|е|у|ой виктори|я|и|ю|ей иван||а|у|ом|е петров попов чехов||а|у|ым|е гогол|ь|я|ю|ем|е сбербанк||а|у|ом|е озон',
};
/** English words that begin names of several words, such as "New York", where a capital follows. */
const STARTS_NAMES = new Set(
  'new north south east west northern southern eastern western great united saint st mt ft san los las mount lake fort royal old little van von wall silicon stack visual salt'.split(
    ' ',
  ),
);

const sets = new Map(Object.entries(RATHER_NAMES).map(([language, words]) => [language, new Set(forms(words))]));

/** Whether `word`, in small letters, is more often a name than anything else where a dictated phrase begins with it. */
export function isRatherName(word: string, language: string): boolean {
  return sets.get(language)?.has(word.replace(/['’]s$/u, '')) ?? false;
}

/** Whether `word`, in small letters, begins a name of several words where a capital follows. */
export function startsNames(word: string): boolean {
  return STARTS_NAMES.has(word);
}

/** Every word; of `stem|ending|ending` each form. An empty ending is one, too. */
function forms(words: string): string[] {
  return words.split(' ').flatMap((word) => {
    const [stem, ...endings] = word.split('|') as [string, ...string[]];
    return endings.length === 0 ? [stem] : endings.map((ending) => stem + ending);
  });
}
