// Decides how a dictation is summed up in one line.

import type { SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';

const decisions = {
  confirmed: 'draft was sure',
  agreed: 'draft confirmed',
  replaced: 'draft improved',
  kept: 'draft kept',
};

/** `release→draft 31 ms (runner-moonshine, moonshine-tiny-en) · release→refined 180 ms (…, draft improved) · 9.8 s of audio`. */
export function figures({ draftMs, refinedMs, lanes, audioSamples }: SessionResult): string {
  const parts = [];
  if (draftMs !== undefined)
    parts.push(`release→draft ${Math.round(draftMs)} ms (${lanes.fast.runner}, ${lanes.fast.model})`);
  if (refinedMs !== undefined && lanes.refine !== undefined) {
    const { runner, model, decided } = lanes.refine;
    parts.push(`release→refined ${Math.round(refinedMs)} ms (${runner}, ${model}: ${decisions[decided]})`);
  }
  parts.push(`${(samplesToMs(audioSamples) / 1000).toFixed(1)} s of audio`);
  return parts.join(' · ');
}
