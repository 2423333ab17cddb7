// How the costs of tokens read on the screen.

import { machineLine } from '../show/machine.ts';
import { ms, percent, say, table, times } from '../show/table.ts';
import { median } from '../statistics/percentile.ts';
import { savingOf, summariseWay, ways } from './summary.ts';
import type { Saving, WaySummary } from './summary.ts';
import type { ClipRuns } from './ways.ts';

interface Tokens {
  readonly clips: number;
  readonly rounds: number;
  readonly runs: readonly ClipRuns[];
}

/** Gives what it showed. */
export function showTokens({ clips, rounds, runs }: Tokens): { ways: WaySummary[]; savings: Record<string, Saving> } {
  const summaries = ways.map((way) => summariseWay(runs, way));
  const savings = { wall: savingOf(runs, 'wallMs'), processor: savingOf(runs, 'processorMs') };
  say(machineLine());
  say(`\nDecoding ${clips} clips, ${rounds} times each, in turn on the same clip; ms, medians\n`);
  say(
    table(
      ['', 'wall a token', 'processor a token', 'wall a clip', 'passes a token', 'same tokens'],
      summaries.map((summary) => [
        summary.way,
        summary.wallMsPerToken.toFixed(2),
        summary.processorMsPerToken.toFixed(2),
        ms(summary.wallMsPerClip),
        summary.passesPerToken.toFixed(3),
        summary.way === summary.against
          ? ''
          : `${summary.equal} of ${summary.of} (${percent(summary.equal / summary.of)}) as ${summary.against}`,
      ]),
    ),
  );
  say('proposed: the prepared graph checks what it said itself, or what it heard in the first 80 % of the clip');
  const encoders = (['published', 'prepared'] as const).map((name) => {
    const all = runs.map(({ encoding }) => encoding[name]);
    return `${name} ${ms(median(all.map(({ wallMs }) => wallMs)))} (processor ${ms(median(all.map(({ processorMs }) => processorMs)))})`;
  });
  say(`encoder, ms a clip: ${encoders.join(', ')}`);
  say(
    '\nA token of the prepared decoder ÷ of the published one, after the same encoder: ratio of the medians, p50 / p95 of the clips’ own\n',
  );
  say(
    table(
      ['', 'ratio', 'p50', 'p95'],
      Object.entries(savings).map(([name, { ofMedians, p50, p95 }]) => [
        name,
        times(ofMedians),
        times(p50),
        times(p95),
      ]),
    ),
  );
  return { ways: summaries, savings };
}
