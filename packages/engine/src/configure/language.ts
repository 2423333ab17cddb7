// Whether a runner hears the language of a profile.

import type { Plugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Profile } from './profile.ts';

/** What a runner says that hears every language. */
const ANY = '*';

/** Whether who hears `languages` hears `language`, both in BCP 47: of a language, all its regions and scripts. */
export function hears(languages: readonly string[], language: string): boolean {
  return languages.some((one) => one === ANY || base(one) === base(language));
}

/** Throws `ERR_CONFIG_INVALID` when a lane that the profile uses does not hear its language: it would write another one. */
export function refuseUnheard(profile: Profile, plugins: readonly Plugin[], whence: string): void {
  const { name, language, hybrid, fast, refine } = profile;
  if (language === undefined) return;
  for (const [lane, { use }] of Object.entries(hybrid ? { fast, refine } : { fast })) {
    const runner = plugins.find((plugin): plugin is Plugin<'runner'> => plugin.kind === 'runner' && plugin.id === use);
    const languages = runner?.capabilities.languages ?? [ANY];
    if (hears(languages, language)) continue;
    throw new VoiceInputError(
      'ERR_CONFIG_INVALID',
      `${whence}: the language of the profile "${name}" is "${language}", but its runner ${use} hears only: ${languages.join(', ')}.`,
      { hint: `Remove the language, or choose a runner that hears it: profiles.${name}.${lane}.use` },
    );
  }
}

const base = (language: string): string => new Intl.Locale(language.split('-')[0]!).language;
