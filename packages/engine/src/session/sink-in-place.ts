// What stands in for the sink of a live dictation that does not open: the words go into the result only.

import { definePlugin } from '@voiceinput/plugin-api';
import type { Sink, VoiceInputError } from '@voiceinput/plugin-api';
import type { OpenPart } from './ports.ts';

/** Refuses every text with the code of `reason`. */
export function sinkInPlaceOf({ code }: VoiceInputError): OpenPart<'sink', Sink> {
  const part: Sink = {
    async begin(_session, signal) {
      signal.throwIfAborted();
      return {};
    },
    async apply(_edit, signal) {
      signal.throwIfAborted();
      return { kind: 'refused', reason: code };
    },
    async end(_result, signal) {
      signal.throwIfAborted();
    },
    close: async () => undefined,
  };
  const plugin = definePlugin<'sink'>({
    id: 'sink-in-place',
    kind: 'sink',
    api: 1,
    title: 'Stands in for a sink that does not open',
    capabilities: { partials: false },
    async create(_options, _context, signal) {
      signal.throwIfAborted();
      return part;
    },
  });
  return { plugin, part };
}
