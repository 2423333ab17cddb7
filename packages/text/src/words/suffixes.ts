// From which entries of a Hunspell dictionary a word may be derived, by the suffix rules of its .aff file.
// The format: `SFX flag strip add condition`, see hunspell(5). Prefixes are a matter of the caller.

interface SuffixRule {
  /** The entry must have this flag. */
  readonly flag: string;
  /** What the entry has in place of what is added; empty for nothing. */
  readonly strip: string;
  /** What the end of the entry must match. */
  readonly condition: RegExp;
}

/** The rules by what they add. */
export type SuffixRules = ReadonlyMap<string, readonly SuffixRule[]>;

const RULE = /^SFX +(?<flag>\S) +(?<strip>\S+) +(?<add>[^\s/]+)(?:\/\S*)? +(?<condition>\S+)/gmu;
const LONGEST_SUFFIX = 8;

/** The suffix rules of an .aff file. */
export function suffixRules(aff: string): SuffixRules {
  const rules = new Map<string, SuffixRule[]>();
  for (const { groups } of aff.replaceAll('\t', ' ').matchAll(RULE)) {
    const { flag, strip, add, condition } = groups as Record<'flag' | 'strip' | 'add' | 'condition', string>;
    const rule = { flag, strip: strip === '0' ? '' : strip, condition: new RegExp(`${condition}$`, 'u') };
    const key = add === '0' ? '' : add;
    rules.set(key, [...(rules.get(key) ?? []), rule]);
  }
  return rules;
}

/** The entries that `word` may come from, each with the flag that it needs for that. */
export function stemsOf(word: string, rules: SuffixRules): { readonly stem: string; readonly flag: string }[] {
  const longest = Math.min(LONGEST_SUFFIX, word.length - 1);
  return Array.from({ length: longest + 1 }, (_, length) => length).flatMap((length) => {
    const kept = word.slice(0, word.length - length);
    return (rules.get(word.slice(word.length - length)) ?? [])
      .map(({ flag, strip, condition }) => ({ stem: kept + strip, flag, condition }))
      .filter(({ stem, condition }) => condition.test(stem));
  });
}
