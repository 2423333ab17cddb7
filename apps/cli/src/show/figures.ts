// How a dictation is summed up in one line.

import type { SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { inLocale, told } from '../messages/in-locale.ts';

const decisions = {
  confirmed: 'draft was confident',
  agreed: 'same text',
  replaced: 'improved',
  kept: 'draft kept',
};

/** `release→draft 31 ms (moonshine-tiny-en) · release→refined 180 ms (moonshine-tiny-en again: improved) · 9.8 s`. */
export function figures({ draftMs, refinedMs, lanes, audioSamples }: SessionResult): string {
  const parts = [];
  if (draftMs !== undefined) parts.push(inLocale`release→draft ${Math.round(draftMs)} ms (${lanes.fast.model})`);
  if (refinedMs !== undefined && lanes.refine !== undefined) {
    const { model, decision } = lanes.refine;
    const reader = model === lanes.fast.model ? inLocale`${model} again` : model;
    parts.push(inLocale`release→refined ${Math.round(refinedMs)} ms (${reader}: ${told(decisions[decision])})`);
  }
  parts.push(inLocale`${(samplesToMs(audioSamples) / 1000).toFixed(1)} s`);
  return parts.join(' · ');
}

/** Absent when the better text is another than the draft, or there is none. `missing`: models that would be better. */
export function whyUnmended(
  { lanes: { fast, refine } }: Pick<SessionResult, 'lanes'>,
  missing: readonly string[],
): string | undefined {
  if (refine === undefined || refine.decision === 'replaced') return undefined;
  if (refine.model !== fast.model)
    return inLocale`Nothing was mended: ${refine.model} reads this sample as ${fast.model} does.`;
  const better = missing.length === 0 ? '' : inLocale` Others mend more: voiceinput models pull ${missing.join(' ')}`;
  return inLocale`Nothing was mended: ${fast.model} reads this sample again as it did at once.${better}`;
}
