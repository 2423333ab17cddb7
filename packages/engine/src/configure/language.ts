// Which languages a profile expects, and whether its runners know them.

import type { Hint, Plugin } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Profile } from './profile.ts';

/** What a runner says that hears every language. */
const ANY = '*';

/** The two ways to say it: one language, or several to choose from. */
export interface Spoken {
  readonly language?: string;
  readonly languages?: readonly string[];
}

/** Whether a runner that hears `languages` hears `language`, both in BCP 47: of a language, all its regions and scripts. */
export function hears(languages: readonly string[], language: string): boolean {
  return languages.some((one) => one === ANY || base(one) === base(language));
}

/** One language is `language`, several are `languages`, none is neither; where both are given, `languages` counts. */
export function spokenIn({ language, languages = language === undefined ? [] : [language] }: Spoken): Spoken {
  const [first, ...others] = [...new Set(languages)];
  if (first === undefined) return {};
  return others.length === 0 ? { language: first } : { languages: [first, ...others] };
}

/** The last of the settings that says anything about languages, as `spokenIn` gives it. */
export function lastSpoken(...settings: readonly Spoken[]): Spoken {
  return spokenIn(settings.findLast((one) => one.language !== undefined || one.languages !== undefined) ?? {});
}

/** What runners are told about the language. */
export function languageHint({ language, languages }: Spoken): Pick<Hint, 'language' | 'languages'> {
  if (language !== undefined) return { language };
  return languages === undefined ? {} : { languages };
}

/** Throws `ERR_CONFIG_INVALID` when a lane that the profile uses does not hear a language of it: it would write another one. */
export function refuseUnheard(profile: Profile, plugins: readonly Plugin[], origin: string): void {
  const { name, language, languages = language === undefined ? [] : [language], hybrid, fast, refine } = profile;
  for (const [lane, { use }] of Object.entries(hybrid ? { fast, refine } : { fast })) {
    const runner = plugins.find((plugin): plugin is Plugin<'runner'> => plugin.kind === 'runner' && plugin.id === use);
    const others = lane === 'refine' ? (profile.refineFor ?? []) : [];
    const known = [...(runner?.capabilities.languages ?? [ANY]), ...others.flatMap((choice) => choice.languages)];
    const unheard = languages.find((one) => !hears(known, one));
    if (unheard === undefined) continue;
    throw new VoiceInputError(
      'ERR_CONFIG_INVALID',
      `${origin}: the profile "${name}" expects the language "${unheard}", but its runner ${use} only knows: ${known.join(', ')}.`,
      { hint: `Remove the language, or choose a runner that knows it: profiles.${name}.${lane}.use` },
    );
  }
}

const base = (language: string): string => new Intl.Locale(language.split('-')[0]!).language;
