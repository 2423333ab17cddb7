// What the plugins of a profile say about themselves: their thresholds, and how long a clip may be.

import type { Plugin, PluginKind } from '@voiceinput/plugin-api';
import { defaultSegments } from './profile.ts';
import type { BuiltInProfile, PartChoice, Profile } from './profile.ts';

/** The profile with the thresholds of its own detector and fast runner, unless it says others. */
export function withThresholds(profile: BuiltInProfile & Pick<Profile, 'name'>, plugins: readonly Plugin[]): Profile {
  const { vad, fast, segments } = profile;
  const skipRefineAboveLogProb =
    profile.skipRefineAboveLogProb ?? capabilitiesOf('runner', fast, plugins)?.skipRefineAboveLogProb;
  return {
    ...profile,
    segments: { ...defaultSegments, ...capabilitiesOf('vad', vad, plugins), ...segments },
    ...(skipRefineAboveLogProb !== undefined && { skipRefineAboveLogProb }),
  };
}

/** The profile with segments that are no longer than any runner in use accepts. */
export function withinLongestClip(profile: Profile, plugins: readonly Plugin[]): Profile {
  const { fast, refine, refineFor = [], hybrid, segments } = profile;
  const runners = hybrid ? [fast, refine, ...refineFor] : [fast];
  const longestMs = runners.map((choice) => capabilitiesOf('runner', choice, plugins)?.maxClipMs ?? Infinity);
  const maxMs = Math.min(segments.maxMs, ...longestMs);
  return { ...profile, segments: { ...segments, maxMs, softMaxMs: Math.min(segments.softMaxMs, maxMs) } };
}

function capabilitiesOf<K extends PluginKind>(kind: K, { use }: PartChoice, plugins: readonly Plugin[]) {
  const isWanted = (plugin: Plugin): plugin is Plugin<K> => plugin.kind === kind && plugin.id === use;
  return plugins.find(isWanted)?.capabilities;
}
