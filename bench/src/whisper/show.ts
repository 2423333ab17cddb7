// How `bench whisper` is shown.

import { machineLine } from '../show/machine.ts';
import { mebibytes, ms, percent, say, table, times } from '../show/table.ts';
import { median, percentile } from '../statistics/percentile.ts';
import type { ImportCost } from './imported.ts';

/** How long one program took for a clip, and how many words it got wrong. */
export interface Reading {
  readonly ms: number;
  /** Of all threads: what the machine's other work hardly changes. */
  readonly processorMs: number;
  readonly wrong: number;
}

export interface ClipReadings {
  readonly id: string;
  readonly words: number;
  readonly ours: Reading;
  /** Absent when nothing is compared. */
  readonly peer?: Reading;
}

export interface WhisperResult {
  readonly threads: number;
  readonly language: string;
  readonly seed: number;
  readonly imported: ImportCost;
  readonly openMs: number;
  readonly clips: readonly ClipReadings[];
}

/** Prints the import, the opening, and a line for each program. */
export function showWhisper({ threads, language, seed, imported, openMs, clips }: WhisperResult): void {
  say(machineLine());
  say(`\n${importLine(imported)}; opening and warming up ${ms(openMs)} ms`);
  say(`${clips.length} clips (${language}, seed ${seed}), ${threads} threads\n`);
  const words = clips.reduce((sum, clip) => sum + clip.words, 0);
  const row = (name: string, readings: readonly Reading[]): string[] => {
    const each = readings.map((reading) => reading.ms);
    const wrong = readings.reduce((sum, reading) => sum + reading.wrong, 0);
    const processor = median(readings.map(({ processorMs }) => processorMs));
    return [name, ms(median(each)), ms(percentile(each, 0.95)), ms(processor), percent(wrong / words)];
  };
  const peers = clips.flatMap(({ peer }) => peer ?? []);
  const rows = [
    row(
      'voiceinput',
      clips.map(({ ours }) => ours),
    ),
    ...(peers.length === 0 ? [] : [row('faster-whisper, int8, beam 1', peers)]),
  ];
  say(table(['', 'p50 ms', 'p95 ms', 'processor p50 ms', 'wrong words'], rows));
  if (peers.length === 0) return;
  const processor = times(ratioOf(clips, ({ processorMs }) => processorMs));
  say(
    `\nOurs ÷ faster-whisper, all clips together: ${times(ratioOf(clips))} of the time, ${processor} of the processor`,
  );
}

/** `Import 9 s (processor 8 s), at most 310 MiB`. */
export const importLine = ({ ms: took, processorMs, peakBytes }: ImportCost): string =>
  `Import ${(took / 1000).toFixed(1)} s (processor ${(processorMs / 1000).toFixed(1)} s), at most ${mebibytes(peakBytes)} MiB`;

/** Of the whole time, unless something else is asked for. NaN when nothing was compared. */
export function ratioOf(clips: readonly ClipReadings[], costOf = ({ ms }: Reading): number => ms): number {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return sum(clips.map(({ ours }) => costOf(ours))) / sum(clips.flatMap(({ peer }) => (peer ? costOf(peer) : [])));
}
