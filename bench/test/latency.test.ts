// From timings to figures: the rounds' median stands for a clip, ratios compare the same clips.

import { describe, expect, it } from 'vitest';
import { ratioOf, summarise } from '../src/latency/summary.ts';
import { rows, tasks, tookOf } from '../src/latency/tasks.ts';
import type { Took } from '../src/latency/tasks.ts';

const took = (row: string, clip: string, ...rounds: number[]): Took[] => rounds.map((ms) => ({ row, clip, ms }));
const timings = [
  ...took(rows.lane, 'a', 10, 11, 90),
  ...took(rows.lane, 'b', 20, 20, 20),
  ...took(rows.loopTrimmed, 'a', 100, 110, 120),
  ...took(rows.loopTrimmed, 'b', 40, 40, 40),
  ...took(rows.loopTrimmed, 'c', 1, 1, 1),
];

describe('summing up', () => {
  it('takes a clip by the median of its rounds', () => {
    const lane = summarise(timings, (clip) => clip).find(({ row }) => row === rows.lane);
    expect(lane?.classes['all']).toEqual({ clips: 2, p50: 15.5, p95: expect.closeTo(19.55) as number });
    expect(lane?.classes['a']?.p50).toBe(11);
  });

  it('tells how far the rounds lie apart', () => {
    const lane = summarise(timings, () => '').find(({ row }) => row === rows.lane);
    expect(lane?.noise).toBeCloseTo((80 / 11 + 0) / 2);
  });

  it('keeps the order of the table and leaves out what was not measured', () => {
    expect(summarise(timings, () => '').map(({ row }) => row)).toEqual([rows.lane, rows.loopTrimmed]);
  });
});

describe('ratios', () => {
  it('compare only clips that both read', () => {
    const ratio = ratioOf(timings, { ours: rows.lane, peer: rows.loopTrimmed });
    expect(ratio?.ofMedians).toBeCloseTo(15.5 / 75);
    expect(ratio?.p50).toBeCloseTo((0.1 + 0.5) / 2);
  });

  it('are absent where one was not measured', () => {
    expect(ratioOf(timings, { ours: rows.cutDraft, peer: rows.loopTrimmed })).toBeUndefined();
  });
});

describe('tasks', () => {
  it('hand peers and the lane the same samples', () => {
    const clip = {
      path: '/a.wav',
      cutPath: '/a-cut.wav',
      settledPath: '/a-settled.wav',
      whole: new Float32Array(3),
      trimmed: new Float32Array(2),
    };
    const orders = Object.fromEntries(tasks({ realtime: true }).map((task) => [task.name, task.order(clip)]));
    expect(orders['lane']).toEqual(orders['transformers-trimmed']);
    expect(orders['lane']).toEqual(orders['loop-trimmed']);
    expect(orders['cut']).toEqual({ path: '/a-cut.wav', realtime: true });
    expect(orders['settled']).toEqual({ path: '/a-settled.wav', realtime: true });
  });

  it('put each figure of a reading in its row', () => {
    const cut = tasks({ realtime: true }).find(({ name }) => name === 'cut')!;
    expect(tookOf(cut, 'a', { text: '', ms: { draft: 5, refined: 9 } })).toEqual([
      { row: rows.cutDraft, clip: 'a', ms: 5 },
      { row: rows.cutRefined, clip: 'a', ms: 9 },
    ]);
    expect(tookOf(cut, 'a', { text: '', ms: {} })).toEqual([]);
  });
});
