// How latencies read on the screen.

import { lengthClasses } from '../evaluation/choose.ts';
import { machineLine } from '../show/machine.ts';
import { ms, percent, say, table, times } from '../show/table.ts';
import { BACKGROUND_MS } from './present.ts';
import type { Ratio, RowSummary } from './summary.ts';

interface Latency {
  readonly clips: readonly { readonly ownBackgroundMs: number; readonly backgroundIsSpeech: boolean }[];
  readonly rounds: number;
  readonly rows: readonly RowSummary[];
  readonly ratios: readonly Ratio[];
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function showLatency({ clips, rounds, rows, ratios, texts }: Latency): void {
  const classes = lengthClasses.filter((name) => rows.some((row) => row.classes[name] !== undefined));
  say(machineLine());
  say(
    `\nMilliseconds, p50 / p95 over ${clips.length} clips, each the median of ${rounds} rounds, contenders in turn\n`,
  );
  const counts = classes.map((name) => `${name} (${rows[0]?.classes[name]?.clips ?? 0})`);
  say(
    table(
      ['', 'all', ...counts, 'noise'],
      rows.map((row) => [
        row.row,
        ...['all', ...classes].map((name) => {
          const summary = row.classes[name];
          return summary === undefined ? '–' : `${ms(summary.p50)} / ${ms(summary.p95)}`;
        }),
        percent(row.noise),
      ]),
    ),
  );
  const looped = clips.filter(({ ownBackgroundMs }) => ownBackgroundMs < BACKGROUND_MS).length;
  const loud = clips.filter(({ backgroundIsSpeech }) => backgroundIsSpeech).length;
  say(
    `background: of ${clips.length} clips, ${looped} have less than ${BACKGROUND_MS} ms in one piece (looped), ` +
      `in ${loud} the detector takes it for speech`,
  );
  say('noise: (slowest − fastest round) ÷ median, the median over clips; above some 20 % others use the machine');

  if (ratios.length === 0) return;
  say('\nOurs ÷ peer: ratio of the medians, and p50 / p95 of the clips’ own ratios\n');
  say(
    table(
      ['', 'beside', 'ratio', 'p50', 'p95'],
      ratios.map(({ ours, peer, ofMedians, p50, p95 }) => [ours, peer, times(ofMedians), times(p50), times(p95)]),
    ),
  );
  const same = (one: string, other: string): number =>
    Object.values(texts).filter((byTask) => byTask[one] === byTask[other]).length;
  say(
    `\nSame text on the trimmed clip: the lane and the published loop ${same('lane', 'loop-trimmed')}, ` +
      `@huggingface/transformers and the published loop ${same('transformers-trimmed', 'loop-trimmed')} of ${clips.length}`,
  );
}
