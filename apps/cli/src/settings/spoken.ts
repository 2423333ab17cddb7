// What people and programs call a language: its code in any spelling, or its name.

/** For `Intl.DisplayNames`: nothing instead of the code itself. */
const NAMES = { type: 'language', fallback: 'none' } as const;
/** Longer codes that speech models know. */
const LONG_CODES = ['yue', 'haw', 'fil', 'ceb', 'ckb', 'ast', 'gsw', 'nds'];
/** Codes that name no language: unknown, several, none, another one. */
const NO_LANGUAGE = /^(?:und|mul|zxx|mis)(?:-|$)/;
/** Names that no table of the system has: https://github.com/openai/whisper/blob/main/whisper/tokenizer.py. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  bokmål: 'nb',
  castilian: 'es',
  flemish: 'nl',
  haitian: 'ht',
  letzeburgesch: 'lb',
  mandarin: 'zh',
  moldavian: 'ro',
  moldovan: 'ro',
  myanmar: 'my',
  nynorsk: 'nn',
  panjabi: 'pa',
  pushto: 'ps',
  sinhalese: 'si',
  tagalog: 'tl',
  valencian: 'ca',
};

/** In BCP 47, what `name` says: `EN`, `en_US`, `eng`, `English`, `Deutsch`. Absent when it is no language. */
export function languageNamed(name: string): string | undefined {
  const wanted = name.trim().normalize('NFC').toLowerCase();
  return languageCoded(wanted) ?? languagesByName().get(wanted);
}

function languageCoded(text: string): string | undefined {
  // The grammar of codes takes every word of up to eight letters for one.
  if (!/^[a-z]{2,3}(?:[-_][a-z\d]{1,8})*$/.test(text)) return undefined;
  try {
    const { baseName, language } = new Intl.Locale(text.replaceAll('_', '-'));
    const isNamed = new Intl.DisplayNames(['en'], NAMES).of(language) !== undefined;
    return isNamed && !NO_LANGUAGE.test(baseName) ? baseName : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

let byName: Map<string, string> | undefined;

/** English names and those that speakers use, in small letters. */
function languagesByName(): ReadonlyMap<string, string> {
  if (byName !== undefined) return byName;
  byName = new Map(Object.entries(OTHER_NAMES));
  const english = new Intl.DisplayNames(['en'], NAMES);
  for (const code of [...shortCodes(), ...LONG_CODES]) {
    const inEnglish = english.of(code);
    if (inEnglish === undefined) continue;
    const own = new Intl.DisplayNames([code], NAMES).of(code);
    // Some have an old code, too.
    const { language } = new Intl.Locale(code);
    for (const name of [inEnglish, own]) if (name !== undefined) byName.set(name.toLowerCase(), language);
  }
  return byName;
}

function shortCodes(): string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
  return letters.flatMap((first) => letters.map((second) => first + second));
}
