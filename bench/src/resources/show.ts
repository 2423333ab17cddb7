// How memory and processor time read on the screen.

import { machineLine } from '../show/machine.ts';
import { mebibytes, say, table } from '../show/table.ts';
import { median } from '../statistics/percentile.ts';
import type { MemoryAfter } from './memory-after.ts';
import type { ProcessorDuring } from './processor-during.ts';

interface Resources {
  readonly clipS: number;
  readonly dictationS: number;
  readonly rounds: number;
  readonly memory: readonly MemoryAfter[];
  readonly processor: readonly ProcessorDuring[];
}

const columns = ['main', 'fast', 'refine'] as const;

export function showResources({ clipS, dictationS, rounds, memory, processor }: Resources): void {
  say(machineLine());
  say(`\nPSS in MiB after a clip of ${clipS} s, median of ${rounds} new starts\n`);
  say(
    table(
      ['', ...columns, 'all', 'alone', 'held', 'RSS'],
      modesOf(memory).map(([mode, runs]) => [
        mode,
        ...columns.map((name) => middle(runs, ({ processes }) => processes[name]?.pssBytes, mebibytes)),
        middle(runs, ({ all }) => all.pssBytes, mebibytes),
        middle(runs, ({ aloneBytes }) => aloneBytes, mebibytes),
        middle(runs, ({ all }) => all.heldBytes, mebibytes),
        middle(runs, ({ all }) => all.rssBytes, mebibytes),
      ]),
    ),
  );
  say(
    'main: engine and voice detector; fast, refine: the process of each lane; held: the part of PSS that is no file.',
  );
  say('PSS is less while other programs run the same Node.js; alone: what all would take at least without them.');
  say(`\nCores while recording ${dictationS} s with partials, median of ${rounds}\n`);
  say(
    table(
      ['', ...columns, 'all'],
      modesOf(processor).map(([mode, runs]) => [
        mode,
        ...columns.map((name) => middle(runs, ({ processes }) => processes[name], cores)),
        middle(runs, ({ all }) => all, cores),
      ]),
    ),
  );
}

const cores = (value: number): string => value.toFixed(2);

function modesOf<T extends { readonly mode: string }>(runs: readonly T[]): [string, T[]][] {
  const modes = [...new Set(runs.map(({ mode }) => mode))];
  return modes.map((mode) => [mode, runs.filter((run) => run.mode === mode)]);
}

/** `–` for a process that the mode does not have. */
function middle<T>(
  runs: readonly T[],
  value: (run: T) => number | undefined,
  format: (value: number) => string,
): string {
  const values = runs.flatMap((run) => value(run) ?? []);
  return values.length === 0 ? '–' : format(median(values));
}
