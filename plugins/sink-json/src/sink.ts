// When a line of JSON is written.

import { jsonLine, openOutput } from '@voiceinput/plugin-api';
import type { OutputStream, Sink } from '@voiceinput/plugin-api';
import { resultLine, textLine } from './line.ts';

/**
 * A sink that writes one JSON object a line to `stream`, which stays open: it belongs to the caller.
 *
 * Rejects with `ERR_OUTPUT_CLOSED` when the reader went away and `ERR_OUTPUT` when writing failed: nobody would get what
 * comes after, so the session should end.
 */
export function jsonSink(stream: OutputStream): Sink {
  const output = openOutput(stream);
  return {
    async begin(_session, signal) {
      signal.throwIfAborted();
      return {};
    },
    async apply(edit, signal) {
      await output.write(`${jsonLine(textLine(edit))}\n`, signal);
      return { kind: 'applied', proof: 'unverified' };
    },
    async end(result, signal) {
      // A file that gave no audio has no result; its error says why.
      if (result.outcome === 'failed' && result.audioSamples === 0) return;
      await output.write(`${jsonLine(resultLine(result))}\n`, signal);
    },
    async close() {
      output.close();
    },
  };
}
