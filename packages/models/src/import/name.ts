// How an imported model is called.

import { quoted, VoiceInputError } from '@voiceinput/plugin-api';
import type { KnownModel } from '../catalogue.ts';

/** The name that the user gave, or one like the proposed that no plugin's model has. Throws `ERR_USAGE`. */
export function nameFor(wanted: string | undefined, proposed: string, catalogue: readonly KnownModel[]): string {
  const bringer = (name: string) => catalogue.find(({ id }) => id === name)?.plugin;
  if (wanted === undefined) return bringer(proposed) === undefined ? proposed : `${proposed}-imported`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(wanted))
    throw new VoiceInputError('ERR_USAGE', `A model cannot be called ${quoted(wanted)}.`, {
      hint: 'Use lower-case letters, digits and hyphens, such as: my-whisper-small',
    });
  const taken = bringer(wanted);
  if (taken !== undefined)
    throw new VoiceInputError('ERR_USAGE', `${wanted} is already the name of a model that ${taken} brings.`, {
      hint: `Choose another one, such as: --name my-${wanted}`,
    });
  return wanted;
}
