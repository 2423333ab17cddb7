// Which part of what was cut is handed to a runner: as much sound around speech as it wants.

import { msToSamples } from '@voiceinput/plugin-api';
import type { SpeechRange } from './segmenter.ts';

type Cut = Pick<SpeechRange, 'startSample' | 'endSample' | 'speechStartSample' | 'speechEndSample'>;

/** The range that a runner reads; `padMs` is what it wants. Absent: all that was cut. */
export function clipRange(cut: Cut, padMs: number | undefined): { startSample: number; endSample: number } {
  const { startSample, endSample } = cut;
  if (padMs === undefined) return { startSample, endSample };
  const pad = msToSamples(padMs);
  return {
    startSample: Math.max(startSample, cut.speechStartSample - pad),
    endSample: Math.min(endSample, cut.speechEndSample + pad),
  };
}
