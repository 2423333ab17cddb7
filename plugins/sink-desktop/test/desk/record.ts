// What is written down about the rounds in one application, for docs/RELIABILITY.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoundResult } from './round.ts';
import type { Target } from './targets.ts';

/** A file a target in the folder `VOICEINPUT_DESK_RECORD`, if there is one. */
export function record({ name, toolkit, tier }: Target, results: readonly RoundResult[], firstSeed: number): void {
  const folder = process.env['VOICEINPUT_DESK_RECORD'];
  if (folder === undefined) return;
  const sum = (count: (result: RoundResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  const told = {
    target: name,
    toolkit,
    tier,
    rounds: results.length,
    broken: sum(({ broken }) => (broken === undefined ? 0 : 1)),
    applied: sum(({ applied }) => applied),
    offered: sum(({ offered }) => offered),
    lostCharacters: sum(({ lostCharacters }) => lostCharacters),
    idleMs: percentiles(results.flatMap(({ idleMs }) => idleMs)),
    typingMs: percentiles(results.flatMap(({ typingMs }) => typingMs)),
    seed: firstSeed,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}.json`), `${JSON.stringify(told, undefined, 2)}\n`);
}

/** Absent when nothing was measured. */
function percentiles(values: readonly number[]): { readonly p50: number; readonly p95: number } | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number | undefined => sorted[Math.ceil(share * sorted.length) - 1];
  const [p50, p95] = [at(0.5), at(0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { p50: Math.round(p50), p95: Math.round(p95) };
}
