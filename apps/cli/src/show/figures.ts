// How a dictation is summed up in one line.

import type { SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';

const decisions = {
  confirmed: 'draft was confident',
  agreed: 'same text',
  replaced: 'improved',
  kept: 'draft kept',
};

/** `release→draft 31 ms (moonshine-tiny-en) · release→refined 180 ms (moonshine-tiny-en again: improved) · 9.8 s`. */
export function figures({ draftMs, refinedMs, lanes, audioSamples }: SessionResult): string {
  const parts = [];
  if (draftMs !== undefined) parts.push(`release→draft ${Math.round(draftMs)} ms (${lanes.fast.model})`);
  if (refinedMs !== undefined && lanes.refine !== undefined) {
    const { model, decision } = lanes.refine;
    const reader = model === lanes.fast.model ? `${model} again` : model;
    parts.push(`release→refined ${Math.round(refinedMs)} ms (${reader}: ${decisions[decision]})`);
  }
  parts.push(`${(samplesToMs(audioSamples) / 1000).toFixed(1)} s`);
  return parts.join(' · ');
}
