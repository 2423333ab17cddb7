// How sizes that are only known by name are added and compared.

/** A number, a name such as `batch_size` or a sum of names, or undefined when nothing is known. */
export type Size = number | string | undefined;

export function plus(a: Size, b: Size): Size {
  if (a === undefined || b === undefined) return undefined;
  const terms = [...termsOf(a), ...termsOf(b)];
  const constant = terms.reduce<number>((sum, term) => (typeof term === 'number' ? sum + term : sum), 0);
  const names = terms.filter((term) => typeof term === 'string').toSorted();
  if (names.length === 0) return constant;
  return [...names, ...(constant === 0 ? [] : [String(constant)])].join(' + ');
}

/** `a − b` where it is a number or a sum again. */
export function minus(a: Size, b: Size): Size {
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rest = termsOf(a);
  for (const term of termsOf(b)) {
    const index = rest.indexOf(term);
    if (index < 0) return undefined;
    rest.splice(index, 1);
  }
  return rest.reduce<Size>(plus, 0);
}

function termsOf(size: number | string): (number | string)[] {
  if (typeof size === 'number') return size === 0 ? [] : [size];
  return size.split(' + ').map((term) => (/^-?\d+$/.test(term) ? Number(term) : term));
}

/** The size that two sizes broadcast to. */
export function broadcast(a: Size, b: Size): Size {
  if (a === b) return a;
  if (a === 1) return b;
  if (b === 1) return a;
  if (typeof a === 'number') return a;
  return typeof b === 'number' ? b : undefined;
}
