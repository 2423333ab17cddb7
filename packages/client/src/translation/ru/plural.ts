// Which form of a Russian noun stands behind a number.

const rules = new Intl.PluralRules('ru');

/** `5 диктовок`: of the forms behind 1, 2 and 5. */
export function counted(count: number | string, [one, few, many]: readonly [string, string, string]): string {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one, few };
  return `${count} ${forms[rules.select(Number(count))] ?? many}`;
}
