// Which figures sum up an accuracy run.

import type { Decision } from '@voiceinput/plugin-api';
import type { Interval } from '../statistics/bootstrap.ts';
import { relativeChange } from '../statistics/bootstrap.ts';
import type { ErrorCount } from '../words/align.ts';
import { errorsOf, sumOf } from '../words/align.ts';
import type { CountedReading, Reading } from './reading.ts';
import { holds, isEmpty } from './reading.ts';

const BOOTSTRAP_SEED = 20_240;
/** Below it a condition's rate says more about its few sentences than about the condition. */
const LEAST_WORDS_OF_CONDITION = 100;

export interface StageErrors {
  readonly name: string;
  readonly clips: number;
  readonly draft: ErrorCount;
  readonly refined: ErrorCount;
  readonly change: Interval;
}

export interface CommandSummary {
  readonly clips: number;
  readonly emptyDrafts: number;
  readonly emptyRefined: number;
  readonly slots: number;
  readonly slotsInDraft: number;
  readonly slotsInRefined: number;
}

export interface NoiseSummary {
  readonly clips: number;
  readonly withoutText: number;
  readonly invented: readonly { readonly id: string; readonly text: string }[];
}

export function stageErrors(name: string, readings: readonly CountedReading[]): StageErrors {
  const pairs = readings.map(({ draftErrors, refinedErrors }) => ({
    words: draftErrors.words,
    before: errorsOf(draftErrors),
    after: errorsOf(refinedErrors),
  }));
  return {
    name,
    clips: readings.length,
    draft: sumOf(readings.map(({ draftErrors }) => draftErrors)),
    refined: sumOf(readings.map(({ refinedErrors }) => refinedErrors)),
    change: relativeChange(pairs, BOOTSTRAP_SEED),
  };
}

export const byGroup = (readings: readonly CountedReading[]): StageErrors[] =>
  byKey(readings, ({ clip }) => clip.group);

/** Conditions with enough words that are not just another name of a group. */
export function byCondition(readings: readonly CountedReading[]): StageErrors[] {
  const groups = new Map(byGroup(readings).map(({ name, clips }) => [name, clips]));
  return byKey(readings, ({ clip }) => `${clip.group}: ${clip.condition}`).filter(
    ({ name, clips, draft }) =>
      draft.words >= LEAST_WORDS_OF_CONDITION && groups.get(name.slice(0, name.indexOf(':'))) !== clips,
  );
}

function byKey(readings: readonly CountedReading[], keyOf: (reading: CountedReading) => string): StageErrors[] {
  const kinds = new Map<string, CountedReading[]>();
  for (const reading of readings) kinds.set(keyOf(reading), [...(kinds.get(keyOf(reading)) ?? []), reading]);
  return [...kinds].map(([name, some]) => stageErrors(name, some)).sort((a, b) => b.draft.words - a.draft.words);
}

export function commandSummary(readings: readonly Reading[]): CommandSummary {
  const slotsIn = (textOf: (reading: Reading) => string): number =>
    readings.reduce(
      (sum, reading) => sum + reading.clip.slots.filter((slot) => holds(textOf(reading), slot)).length,
      0,
    );
  return {
    clips: readings.length,
    emptyDrafts: readings.filter(({ draft }) => isEmpty(draft)).length,
    emptyRefined: readings.filter(({ refined }) => isEmpty(refined)).length,
    slots: readings.reduce((sum, { clip }) => sum + clip.slots.length, 0),
    slotsInDraft: slotsIn(({ draft }) => draft),
    slotsInRefined: slotsIn(({ refined }) => refined),
  };
}

export function noiseSummary(readings: readonly Reading[]): NoiseSummary {
  const invented = readings.filter(({ draft, refined }) => !isEmpty(draft) || !isEmpty(refined));
  return {
    clips: readings.length,
    withoutText: readings.length - invented.length,
    invented: invented.map(({ clip, draft, refined }) => ({ id: clip.id, text: isEmpty(refined) ? draft : refined })),
  };
}

/** What the refine stage decided wherever something was said: by segment, or by clip where the command tells no more. */
export function decisionsIn(readings: readonly Reading[]): Record<Decision, number> {
  const total: Record<Decision, number> = { confirmed: 0, agreed: 0, replaced: 0, kept: 0 };
  for (const { decisions } of readings.filter(({ draft, refined }) => !isEmpty(draft) || !isEmpty(refined)))
    for (const decision of Object.keys(total) as Decision[]) total[decision] += decisions[decision] ?? 0;
  return total;
}
