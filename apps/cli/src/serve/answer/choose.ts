// Which source or sink a client means, before anybody speaks into what there is not.

import type { Params } from '@voiceinput/client';
import { completeChoice } from '@voiceinput/engine';
import type { PartChoice, Profile } from '@voiceinput/engine';
import { optionsOf } from '../../settings/commands.ts';
import type { Settings } from '../../settings/settle.ts';

type Wanted = NonNullable<Params<'start'>['sink']>;

export interface ChoosePort {
  /** What the daemon was started with. */
  readonly base: Pick<Settings, 'dictation' | 'plugins'>;
  profile(): Profile;
}

/** Throws `ERR_PLUGIN_NOT_FOUND`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
export type Choose = (kind: 'source' | 'sink', wanted: Wanted) => PartChoice;

/** Without options of the client's own, a plugin has those of the configuration. */
export function createChoose({ base: { dictation, plugins }, profile }: ChoosePort): Choose {
  return (kind, { use, options }) => {
    const choice = options === undefined ? optionsOf(use, { profile: profile(), dictation }) : { use, options };
    const manifests = plugins.map(({ plugin }) => plugin);
    return completeChoice(choice, { kind, plugins: manifests, whence: 'The request', path: kind });
  };
}
