// How the settings of a profile, in milliseconds, become the rules of the segmenter, in samples.

import { msToSamples } from '@voiceinput/plugin-api';
import type { SegmentSettings } from '../configure/profile.ts';
import type { SegmentRules } from './segmenter.ts';

/** The same lengths in samples. */
export function segmentRules(settings: SegmentSettings): SegmentRules {
  return {
    enterProbability: settings.enterProbability,
    leaveProbability: settings.leaveProbability,
    minSpeechSamples: msToSamples(settings.minSpeechMs),
    padSamples: msToSamples(settings.padMs),
    pauseSamples: msToSamples(settings.pauseMs),
    minPauseSamples: msToSamples(settings.minPauseMs),
    softMaxSamples: msToSamples(settings.softMaxMs),
    maxSamples: msToSamples(settings.maxMs),
  };
}
