// How it is told which models were chosen for languages.

import type { Recommendation } from '../recommend/recommend.ts';
import { inLocale, told } from '../messages/in-locale.ts';

/** What is chosen and why, and how the rest comes here. */
export function laneLines({ fast, refine, missing }: Recommendation): string[] {
  const draft = fast.model ?? fast.best ?? inLocale`none`;
  const better = refine.model ?? refine.best ?? inLocale`none`;
  return [
    inLocale`Draft: ${draft} (${told(fast.reason)})`,
    inLocale`Better text: ${better} (${told(refine.reason)})`,
    ...(missing.length === 0
      ? []
      : [inLocale`Fetch what is missing with: voiceinput models pull ${missing.join(' ')}`]),
  ];
}
