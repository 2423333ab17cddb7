// Which models a profile uses.

import type { PartChoice, Profile } from '@voiceinput/engine';
import type { Settings } from './settle.ts';

/** The ids of the models that the parts of the profile will locate, each once; the refine lane's only where it is on. */
export function usedModels({ profile, plugins }: Pick<Settings, 'profile' | 'plugins'>): readonly string[] {
  return [...new Set(partsOf(profile).flatMap((part) => modelsOf(part, plugins)))];
}

const partsOf = ({ vad, fast, refine, refineFor = [], hybrid, judge, post }: Profile): readonly PartChoice[] => [
  vad,
  fast,
  ...(hybrid ? [refine, ...refineFor] : []),
  ...(hybrid && judge ? [judge] : []),
  ...post,
];

/** The one that its option `model` names; without such an option all that its plugin brings. */
export function modelsOf({ use, options }: PartChoice, plugins: Settings['plugins']): readonly string[] {
  if (typeof options['model'] === 'string') return [options['model']];
  const { models = [] } = plugins.find(({ plugin }) => plugin.id === use)?.plugin ?? {};
  return models.map(({ id }) => id);
}
