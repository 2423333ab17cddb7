// A profile with one reading, by a model that somebody names.

import type { Profile } from '@voiceinput/engine';
import type { KnownModel } from '@voiceinput/models';
import { nearestOf, quoted, VoiceInputError } from '@voiceinput/plugin-api';
import { profileOf } from './settle.ts';
import type { Settings } from './settle.ts';

interface Reader {
  readonly model: string;
  readonly known: readonly KnownModel[];
}

/** The profile `name`, read once, by that model. Throws `ERR_MODEL_UNKNOWN` for one that reads no speech, or `ERR_CONFIG_…`. */
export function profileReadBy(settings: Omit<Settings, 'profile'>, name: string, { model, known }: Reader): Profile {
  const readers = known.filter(({ kind }) => kind === 'runner');
  const use = readers.find(({ id }) => id === model)?.plugin;
  if (use === undefined) throw unknownModel(model, readers);
  const { configuration } = settings;
  const changes = configuration.profiles?.[name] ?? {};
  const read = { ...changes, hybrid: false, fast: { use, options: { model } } };
  const profiles = { ...configuration.profiles, [name]: read };
  return profileOf({ ...settings, configuration: { ...configuration, profiles } }, name);
}

function unknownModel(model: string, readers: readonly KnownModel[]): VoiceInputError {
  const ids = readers.map(({ id }) => id);
  const nearest = nearestOf(model, ids);
  return new VoiceInputError('ERR_MODEL_UNKNOWN', `There is no model ${quoted(model)} that reads speech.`, {
    hint: nearest === undefined ? 'See them with: voiceinput models' : `Did you mean ${quoted(nearest)}?`,
  });
}
