// Which runner reads which language, where a profile lists several.

import type { Plugin } from '@voiceinput/plugin-api';
import { hears } from './language.ts';
import type { Spoken } from './language.ts';
import type { RunnerForLanguages, PartChoice, ProfileChanges, RunnerChange } from './profile.ts';

/** Changes with one runner a lane, and the list that the refine lane chooses from. */
export interface ChosenRunners extends Omit<ProfileChanges, 'fast' | 'refine'> {
  readonly fast?: Partial<PartChoice>;
  readonly refine?: Partial<PartChoice>;
  readonly refineFor?: readonly (RunnerChange & Pick<RunnerForLanguages, 'languages'>)[];
}

/** Chooses the runners of lists: what is known before anything is said decides about the fast lane. */
export function chooseRunners(
  { fast, refine, ...rest }: ProfileChanges,
  { language, languages = language === undefined ? [] : [language] }: Spoken,
  plugins: readonly Plugin[],
): ChosenRunners {
  const known = (list: readonly RunnerChange[]) =>
    list.map((choice) => ({ ...choice, languages: choice.languages ?? languagesOf(choice, plugins) }));
  const first = (list: readonly RunnerChange[]): Partial<PartChoice> => {
    const choices = known(list);
    const all = choices.find((choice) => languages.every((one) => hears(choice.languages, one)));
    const { languages: _its, ...choice } = all ?? choices[0]!;
    return choice;
  };
  return {
    ...rest,
    ...(fast !== undefined && { fast: isList(fast) ? first(fast) : fast }),
    ...(refine !== undefined && { refine: isList(refine) ? first(refine) : refine }),
    ...(refine !== undefined && isList(refine) && refine.length > 1 && { refineFor: known(refine) }),
  };
}

function languagesOf({ use }: RunnerChange, plugins: readonly Plugin[]): readonly string[] {
  const isWanted = (plugin: Plugin): plugin is Plugin<'runner'> => plugin.kind === 'runner' && plugin.id === use;
  return plugins.find(isWanted)?.capabilities.languages ?? [];
}

const isList = (choice: Partial<PartChoice> | readonly RunnerChange[]): choice is readonly RunnerChange[] =>
  Array.isArray(choice);
