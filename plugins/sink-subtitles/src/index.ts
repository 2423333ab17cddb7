// How a dictation becomes subtitles: SRT or WebVTT, written when all of it is known.

import type { OutputStream, Sink } from '@voiceinput/plugin-api';
import { definePlugin, openOutput } from '@voiceinput/plugin-api';
import { toCues } from './cues.ts';
import { toSrt, toVtt } from './formats.ts';

export interface SubtitlesConfig {
  readonly format: 'srt' | 'vtt';
}

/**
 * A sink that writes to `stream`, which stays open: it belongs to the caller.
 *
 * Rejects with `ERR_OUTPUT_CLOSED` when the reader went away and `ERR_OUTPUT` when writing failed.
 */
export function subtitlesSink(stream: OutputStream, { format }: SubtitlesConfig): Sink {
  const output = openOutput(stream);
  return {
    async begin(_session, signal) {
      signal.throwIfAborted();
      return {};
    },
    async apply(_edit, signal) {
      signal.throwIfAborted();
      return { kind: 'applied', proof: 'unverified' };
    },
    async end({ segments }, signal) {
      const cues = toCues(segments);
      await output.write(format === 'srt' ? toSrt(cues) : toVtt(cues), signal);
    },
    async close() {
      output.close();
    },
  };
}

export default definePlugin<'sink', SubtitlesConfig>({
  id: 'sink-subtitles',
  kind: 'sink',
  api: 1,
  title: 'Subtitles: SRT and WebVTT',
  capabilities: { partials: false, needs: ['terminal'] },
  config: {
    type: 'object',
    additionalProperties: false,
    properties: { format: { enum: ['srt', 'vtt'], default: 'srt', description: 'SubRip or WebVTT.' } },
  },
  async create(config, _context, signal) {
    signal.throwIfAborted();
    return subtitlesSink(process.stdout, config);
  },
});
