// What a dictation is where nothing can be mended: its final text, as one line.

import { openOutput, printable } from '@voiceinput/plugin-api';
import type { OutputStream, Sink } from '@voiceinput/plugin-api';

export function plainSink(stream: OutputStream): Sink {
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
    async end({ text }, signal) {
      signal.throwIfAborted();
      const line = printable(text).trim();
      await output.write(line === '' ? '' : `${line}\n`, signal);
    },
    async close() {
      output.close();
    },
  };
}
