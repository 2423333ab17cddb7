// docs/RELIABILITY.md: which rows it has, and how it is written anew.

import { cpus, totalmem } from 'node:os';
import { deskSection } from './desk.ts';

/** The rows that stand in the table of `text`, by their promise. */
export function rowsOf(text: string): Map<string, string> {
  const rows = text.split('\n').filter((line) => /^\|.*\|$/.test(line) && !/^\| (promise|-+) /.test(line));
  return new Map(rows.map((row) => [row.split('|')[1]!.trim(), row]));
}

/** The page with these rows, and with what `recorded`, a folder, has of the rounds in real applications. */
export function pageOf(results: readonly string[], recorded: string): string {
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
  return [
    '# What has been proven, and how often',
    '',
    `Written by \`pnpm prove\` (${machine}). \`npm test\` tries the same promises less often, with fixed seeds; \`pnpm prove SEED\` tries all of them with another seed, \`pnpm prove SEED PART\` only those whose tests have PART in their names. What held with the same seed at the same commit is not tried once more: a run that was stopped goes on.`,
    '',
    '| promise | tried | tests | outcome | seconds | when, seed, commit |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results,
    '',
    deskSection(recorded),
    '',
  ].join('\n');
}
