// What people are told of a text that does not stand where it was meant to go.

import { errorTable } from '@voiceinput/plugin-api';
import type { Outcome } from '@voiceinput/plugin-api';

/** The outcome with what its sink's `reasons`, or the table of errors, say of its reason, unless it says so itself. */
export function explained(outcome: Outcome, reasons: Readonly<Record<string, string>>): Outcome {
  if (outcome.kind === 'applied' || outcome.explanation !== undefined) return outcome;
  const explanation = own(reasons, outcome.reason) ?? own(errorTable, outcome.reason)?.summary.replace(/\.$/, '');
  return explanation === undefined ? outcome : { ...outcome, explanation };
}

/** A sink may name any word, such as `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
