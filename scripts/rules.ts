// Rules of the house that a machine can check. Fails when one is broken, and when an exception is not needed any more;
// with --prune such exceptions are removed.

import { circles } from './rules/circles.ts';
import { prune, readExceptions } from './rules/exceptions.ts';
import type { Finding } from './rules/finding.ts';
import { longFunctions, unexplainedFunctions } from './rules/functions.ts';
import { sharedTypeNames } from './rules/names.ts';
import { untestedRooms } from './rules/rooms.ts';
import { unsaidSentences, untoldSentences } from './rules/sentences.ts';
import { shippedFiles } from './rules/shipped.ts';

const rules: Readonly<Record<string, () => readonly Finding[]>> = {
  untestedRooms,
  shippedFiles,
  sharedTypeNames,
  longFunctions,
  unexplainedFunctions,
  circles,
  untoldSentences,
  unsaidSentences,
};

const exceptions = readExceptions();
const found = new Map(Object.entries(rules).map(([rule, find]) => [rule, find()]));
const isNeeded = (rule: string, key: string): boolean => found.get(rule)?.some((one) => one.key === key) === true;
const complaints = [...found].flatMap(([rule, findings]) => {
  const excepted = new Set(Object.values(exceptions[rule] ?? {}).flat());
  return findings.filter(({ key }) => !excepted.has(key)).map(({ complaint }) => complaint);
});

if (process.argv.includes('--prune')) await prune(exceptions, isNeeded);
else
  for (const [rule, reasons] of Object.entries(exceptions))
    for (const key of Object.values(reasons).flat())
      if (!isNeeded(rule, key))
        complaints.push(`${rule}: "${key}" needs no exception any more; remove it with: npx pnpm run rules --prune`);

for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
