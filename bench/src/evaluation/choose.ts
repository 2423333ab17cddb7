// Which clips stand for all when measuring every one would take too long.

import { randomFrom, shuffled } from '../statistics/random.ts';
import type { EvaluationClip } from './clips.ts';

/** Edges of the length classes in seconds, as results are shown. */
const LENGTH_EDGES_S = [3, 6, 10, 15] as const;

/** `0–3 s`, …, `> 15 s`. */
export const lengthClasses: readonly string[] = [
  ...LENGTH_EDGES_S.map((edge, index) => `${LENGTH_EDGES_S[index - 1] ?? 0}–${edge} s`),
  `> ${LENGTH_EDGES_S.at(-1)} s`,
];

export function lengthClassOf(durationS: number): string {
  const index = LENGTH_EDGES_S.findIndex((edge) => durationS <= edge);
  return lengthClasses[index === -1 ? LENGTH_EDGES_S.length : index]!;
}

export interface Choice {
  readonly count: number;
  readonly seed: number;
  /** Clips must be longer than this. */
  readonly shortestS: number;
  readonly longestS: number;
}

/**
 * The same clips for the same seed: length classes take turns, and within each the groups take turns, so that no length
 * and no kind of speech dominates. In order of length.
 */
export function chooseClips(
  clips: readonly EvaluationClip[],
  { count, seed, shortestS, longestS }: Choice,
): EvaluationClip[] {
  const random = randomFrom(seed);
  const eligible = clips.filter(({ durationS }) => durationS > shortestS && durationS <= longestS);
  const queues = lengthClasses.map((name) =>
    takingTurns(groupsOf(shuffled(eligible, random).filter(({ durationS }) => lengthClassOf(durationS) === name))),
  );
  return takingTurns(queues)
    .slice(0, count)
    .sort((a, b) => a.durationS - b.durationS);
}

function groupsOf(clips: readonly EvaluationClip[]): EvaluationClip[][] {
  const groups = new Map<string, EvaluationClip[]>();
  for (const clip of clips) groups.set(clip.group, [...(groups.get(clip.group) ?? []), clip]);
  return [...groups.values()];
}

/** The first of each queue, then the second of each, and so on. */
function takingTurns<T>(queues: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}
