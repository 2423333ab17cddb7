// How `bench whisper-shape` is shown.

import { machineLine } from '../show/machine.ts';
import { ms, say, table } from '../show/table.ts';
import { median, percentile } from '../statistics/percentile.ts';
import type { ImportCost } from './imported.ts';
import { importLine } from './show.ts';

/** What one clip cost. */
export interface ShapeReading {
  readonly id: string;
  readonly durationS: number;
  /** Of the draft. */
  readonly tokens: number;
  readonly encoderMs: number;
  /** Encoder, and the draft checked in one pass. */
  readonly alongMs: number;
  readonly alongProcessorMs: number;
  /** Encoder, and several texts followed to the same length. */
  readonly beamsMs: number;
}

export interface ShapeResult {
  readonly size: string;
  readonly language: string;
  readonly beams: number;
  readonly seed: number;
  readonly imported: ImportCost;
  readonly floatMatrices: readonly string[];
  readonly readings: readonly ShapeReading[];
}

/** Prints the import, and a line for each part. */
export function showShape({ size, language, beams, seed, imported, floatMatrices, readings }: ShapeResult): void {
  say(machineLine());
  say(`\nRandom weights of whisper-${size}: ${importLine(imported)}, ${floatMatrices.length} matrices in float`);
  say(`${readings.length} clips (${language}, seed ${seed}), along the draft of the smaller model\n`);
  const row = (name: string, costOf: (reading: ShapeReading) => number): string[] => {
    const costs = readings.map(costOf);
    return [name, ms(median(costs)), ms(percentile(costs, 0.95))];
  };
  const rows = [
    row('encoder', ({ encoderMs }) => encoderMs),
    row('encoder, language, draft checked', ({ alongMs }) => alongMs),
    row('the same, processor', ({ alongProcessorMs }) => alongProcessorMs),
    row(`encoder, ${beams} texts followed`, ({ beamsMs }) => beamsMs),
  ];
  say(table(['', 'p50 ms', 'p95 ms'], rows));
}
