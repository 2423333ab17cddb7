// What becomes of the daemon when its configuration files say something else than before.

import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '@voiceinput/engine';
import { profileNames } from '@voiceinput/engine/configure';
import { profileOf } from '../../settings/settle.ts';
import type { Settings } from '../../settings/settle.ts';
import type { DesktopParts } from '../keys/desktop-parts.ts';
import type { Core } from './core.ts';

export interface UsingSettings extends Pick<
  Core,
  'inForce' | 'engines' | 'history' | 'dictations' | 'broadcast' | 'usePlugins'
> {
  readonly desktop: Pick<DesktopParts, 'reopen'>;
  /** Called when later dictations listen to another source. */
  sourceChanged(): void;
}

/**
 * The next dictation is as `next` says; one that is under way ends as it began. What clients have set stays where the files
 * say the same about it as before. Rejects, and changes nothing, where the profile in force cannot be made of them, and
 * later when something that has to be opened anew does not open.
 */
export async function useSettings(next: Settings, using: UsingSettings, signal: AbortSignal): Promise<void> {
  const { inForce, engines, history, dictations, broadcast, desktop, usePlugins, sourceChanged } = using;
  const profile = profileAfter(engines.now.profile, inForce.base, next);
  const { source } = inForce.configured();
  inForce.use(next);
  usePlugins(next.plugins);
  engines.use(profile);
  if (!isDeepStrictEqual(source, inForce.configured().source)) sourceChanged();
  const tell = (): void => broadcast.emit({ type: 'settings', profile: profile.name, hybrid: profile.hybrid });
  tell();
  // What is not to be kept any more goes at once.
  await history.sweep();
  // A key that is held would never be heard to be released.
  while (dictations.recording !== undefined) await dictations.quiet();
  if (await desktop.reopen()) tell();
  await engines.ready(signal);
}

function profileAfter(now: Profile, before: Settings, next: Settings): Profile {
  const isNameSet = now.name !== before.profile.name && next.profile.name === before.profile.name;
  const isThere = profileNames(next.configuration).includes(now.name);
  const profile = isNameSet && isThere ? named(now.name, next) : next.profile;
  if (profile.name !== now.name) return profile;
  const said = named(now.name, before).hybrid;
  return profile.hybrid === said ? { ...profile, hybrid: now.hybrid } : profile;
}

/** The profile in force may have been changed on the command line. */
const named = (name: string, settings: Settings): Profile =>
  name === settings.profile.name ? settings.profile : profileOf(settings, name);
