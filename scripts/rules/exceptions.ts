// What is still excepted from the rules: lists that may only shrink.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** By rule: what is excepted, by the reason why. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const file = join(import.meta.dirname, 'exceptions.json');

/** The lists as they are written down. */
export function readExceptions(): Exceptions {
  return JSON.parse(readFileSync(file, 'utf8')) as Exceptions;
}

/** Writes the lists without what is not needed any more. */
export async function prune(exceptions: Exceptions, isNeeded: (rule: string, key: string) => boolean): Promise<void> {
  const left = Object.entries(exceptions).map(([rule, reasons]) => [
    rule,
    leftOf(reasons, (key) => isNeeded(rule, key)),
  ]);
  const text = JSON.stringify(Object.fromEntries(left));
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file, objectWrap: 'preserve' }));
}

function leftOf(
  reasons: Readonly<Record<string, readonly string[]>>,
  isNeeded: (key: string) => boolean,
): Record<string, readonly string[]> {
  const left = Object.entries(reasons).map(([reason, keys]) => [reason, keys.filter(isNeeded).toSorted()] as const);
  return Object.fromEntries(left.filter(([, keys]) => keys.length > 0));
}
