// What stands in for the sink of a live dictation that does not open: the words go into the result only.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Sink, VoiceInputError } from '@voiceinput/plugin-api';
import type { Opened } from './ports.ts';

/** Refuses every text with the code of `reason`. */
export function sinkInPlaceOf({ code }: VoiceInputError): Opened<'sink', Sink> {
  const part: Sink = {
    begin: async () => ({}),
    apply: async () => ({ kind: 'refused', reason: code }),
    end: async () => undefined,
    close: async () => undefined,
  };
  const plugin = definePlugin<'sink'>({
    id: 'sink-in-place',
    kind: 'sink',
    api: 1,
    title: 'Stands in for a sink that does not open',
    capabilities: { partials: false },
    create: async () => part,
  });
  return { plugin, part };
}
