// With which profile the next dictation is read: the one that is set, or another one that was asked for with it.

import type { Profile } from '@voiceinput/engine';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Engines } from './engines.ts';
import type { SettingsInForce } from './settings-in-force.ts';

export interface ProfileChoicePort {
  readonly engines: Pick<Engines, 'now' | 'use'>;
  readonly inForce: Pick<SettingsInForce, 'base' | 'profileNamed'>;
  readonly broadcast: Pick<Broadcast, 'emit'>;
}

/**
 * Uses the profile of that name; without one, the profile that was set before another one was asked for. It stays in use,
 * so that whoever speaks with the same key again finds its models open. Throws `ERR_PROFILE_UNKNOWN`,
 * `ERR_MODEL_MISSING` or `ERR_CONFIG_…`.
 */
export type ChooseProfile = (name: string | undefined) => void;

/** As long as nobody asks, the profile is the one that is set. */
export function createProfileChoice({ engines, inForce, broadcast }: ProfileChoicePort): ChooseProfile {
  let asked: { readonly profile: Profile; readonly before: Profile } | undefined;

  /** What the user or the settings chose last. */
  function chosen(): Profile {
    const { profile } = engines.now;
    if (asked === undefined || profile.name !== asked.profile.name) return profile;
    // The settings were read anew meanwhile: the profile from before may be another one now.
    return profile === asked.profile ? asked.before : inForce.base.profile;
  }

  return (name) => {
    const before = chosen();
    const next = name === undefined ? before : inForce.profileNamed(name);
    const { profile: now } = engines.now;
    engines.use(next);
    asked = next.name === before.name ? undefined : { profile: engines.now.profile, before };
    if (next.name !== now.name || next.hybrid !== now.hybrid)
      broadcast.emit({ type: 'settings', profile: next.name, hybrid: next.hybrid });
  };
}
