// How the figures of the lanes read on the screen.

import { mediansByClip } from '../latency/summary.ts';
import type { Ratio } from '../latency/summary.ts';
import type { Took } from '../latency/tasks.ts';
import { machineLine } from '../show/machine.ts';
import { ms, percent, say, table, times } from '../show/table.ts';
import { median, percentile } from '../statistics/percentile.ts';
import { ways } from './beside.ts';
import { lengthsS, rowsOf } from './lengths.ts';

interface LaneFigures {
  readonly refineBusy: number;
  readonly ratios: readonly Ratio[];
  readonly timings: readonly Took[];
}

export function showLanes({ refineBusy, ratios, timings }: LaneFigures): void {
  const lengthRows = (['draft', 'refined'] as const).flatMap((stage) =>
    lengthsS.map((length) => rowsOf(length)[stage]),
  );
  say(machineLine());
  say('\nThe fast lane on whole clips, hosted by the engine; ms over clips, each the median of its readings\n');
  say(percentiles(Object.values(ways), timings, 'clips'));
  say(`the refine lane worked ${percent(refineBusy)} of the time beside it`);
  say('\nDictations at the speed of speech, cut at the last speech; ms over endings, each the median of its rounds\n');
  say(percentiles(lengthRows, timings, 'endings'));
  say('\nRatio of the medians, and p50 / p95 of the clips’ or endings’ own ratios\n');
  say(
    table(
      ['', 'against', 'ratio', 'p50', 'p95'],
      ratios.map(({ ours, peer, ofMedians, p50, p95 }) => [ours, peer, times(ofMedians), times(p50), times(p95)]),
    ),
  );
}

function percentiles(rows: readonly string[], timings: readonly Took[], counted: string): string {
  const measured = rows.filter((name) => timings.some(({ row }) => row === name));
  return table(
    ['', counted, 'p50', 'p95'],
    measured.map((row) => {
      const medians = [...mediansByClip(timings, row).values()];
      return [row, `${medians.length}`, ms(median(medians)), ms(percentile(medians, 0.95))];
    }),
  );
}
