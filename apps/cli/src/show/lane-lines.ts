// How it is told which models were chosen for languages.

import type { Recommendation } from '../recommend/recommend.ts';

/** What is chosen and why, and how the rest comes here. */
export function laneLines({ fast, refine, missing }: Recommendation): string[] {
  const draft = fast.model ?? fast.best ?? 'none';
  const better = refine.model ?? refine.best ?? 'none';
  return [
    `Draft: ${draft} (${fast.reason})`,
    `Better text: ${better} (${refine.reason})`,
    ...(missing.length === 0 ? [] : [`Fetch what is missing with: voiceinput models pull ${missing.join(' ')}`]),
  ];
}
