// What the plugins of a profile say about themselves: their thresholds, and how long a clip may be.

import type { Plugin, PluginKind } from '@voiceinput/plugin-api';
import { defaultSegments } from './profile.ts';
import type { BuiltInProfile, PartChoice, Profile } from './profile.ts';

/** The profile with what its own detector and runners say about themselves, unless it says otherwise. */
export function withThresholds(profile: BuiltInProfile & Pick<Profile, 'name'>, plugins: readonly Plugin[]): Profile {
  const { vad, fast, segments } = profile;
  const skipRefineAboveLogProb =
    profile.skipRefineAboveLogProb ?? capabilitiesOf('runner', fast, plugins)?.skipRefineAboveLogProb;
  const pads = padsOf(profile, plugins);
  return {
    ...profile,
    // What the profile itself says counts for all.
    ...(segments.padMs === undefined && { padMsOf: pads }),
    segments: {
      ...defaultSegments,
      ...capabilitiesOf('vad', vad, plugins),
      padMs: Math.max(...Object.values(pads)),
      ...segments,
    },
    ...(skipRefineAboveLogProb !== undefined && { skipRefineAboveLogProb }),
  };
}

/** Moonshine, which wants 150 ms, makes a tenth more errors with the 400 ms that Whisper wants. */
function padsOf(profile: Runners, plugins: readonly Plugin[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    runnersOf(profile).map((choice) => [
      choice.use,
      capabilitiesOf('runner', choice, plugins)?.padMs ?? defaultSegments.padMs,
    ]),
  );
}

/** The profile with segments that are no longer than any runner in use accepts. */
export function withinLongestClip(profile: Profile, plugins: readonly Plugin[]): Profile {
  const { segments } = profile;
  const longestMs = runnersOf(profile).map(
    (choice) => capabilitiesOf('runner', choice, plugins)?.maxClipMs ?? Infinity,
  );
  const maxMs = Math.min(segments.maxMs, ...longestMs);
  return { ...profile, segments: { ...segments, maxMs, softMaxMs: Math.min(segments.softMaxMs, maxMs) } };
}

type Runners = Pick<Profile, 'fast' | 'refine' | 'refineFor' | 'hybrid'>;

/** Those in use. */
const runnersOf = ({ fast, refine, refineFor = [], hybrid }: Runners): readonly PartChoice[] =>
  hybrid ? [fast, refine, ...refineFor] : [fast];

function capabilitiesOf<K extends PluginKind>(kind: K, { use }: PartChoice, plugins: readonly Plugin[]) {
  const isWanted = (plugin: Plugin): plugin is Plugin<K> => plugin.kind === kind && plugin.id === use;
  return plugins.find(isWanted)?.capabilities;
}
