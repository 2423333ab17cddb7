// What a sink needs to write at all, as its manifest says.

import type { Descriptor, PartChoice } from '@voiceinput/engine';
import type { SinkNeed } from '@voiceinput/plugin-api';

/** Nothing when the plugin says nothing, or is not known. */
export function needsOf({ use }: Pick<PartChoice, 'use'>, plugins: readonly Descriptor[]): readonly SinkNeed[] {
  return plugins.filter(isSink).find(({ plugin: { id } }) => id === use)?.plugin.capabilities.needs ?? [];
}

/** Whether it is a sink, for the compiler too. */
export const isSink = (descriptor: Descriptor): descriptor is Descriptor<'sink'> => descriptor.plugin.kind === 'sink';
