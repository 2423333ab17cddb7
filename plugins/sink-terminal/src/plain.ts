// What a dictation is where nothing can be mended: its final text, with its line breaks.

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
      const lines = text.split('\n').map((line) => printable(line).trimEnd());
      const whole = lines.join('\n').trim();
      await output.write(whole === '' ? '' : `${whole}\n`, signal);
    },
    async close() {
      output.close();
    },
  };
}
