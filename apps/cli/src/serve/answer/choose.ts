// Which source or sink a client means, before anybody speaks into what there is not.

import type { Params } from '@voiceinput/client';
import { completeChoice } from '@voiceinput/engine/configure';
import type { PartChoice, Profile } from '@voiceinput/engine';
import { optionsOf } from '../../settings/commands.ts';
import type { Settings } from '../../settings/settle.ts';
import { needsOf } from '../../settings/sink-needs.ts';
import { noTerminal } from '../open/needs.ts';

type Wanted = NonNullable<Params<'start'>['sink']>;

export interface ChoosePort {
  readonly inForce: { readonly base: Pick<Settings, 'dictation' | 'plugins'> };
  profile(): Profile;
}

/** Throws `ERR_PLUGIN_NOT_FOUND`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`, also for a sink that only commands have. */
export type Choose = (kind: 'source' | 'sink', wanted: Wanted) => PartChoice;

/** Without options of the client's own, a plugin has those of the configuration. */
export function createChoose({ inForce, profile }: ChoosePort): Choose {
  return (kind, { use, options }) => {
    const { dictation, plugins } = inForce.base;
    const choice = options === undefined ? optionsOf(use, { profile: profile(), dictation }) : { use, options };
    const manifests = plugins.map(({ plugin }) => plugin);
    const complete = completeChoice(choice, { kind, plugins: manifests, origin: 'The request', path: kind });
    // Whatever else it lacks, it is tried: what is said is kept in the history, and who has spoken loses nothing.
    if (kind === 'sink' && needsOf(complete, plugins).includes('terminal')) throw noTerminal();
    return complete;
  };
}
