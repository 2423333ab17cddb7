// Wrong in one way: it fails when nothing was said.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes a dictation without speech',
  misbehaving(good.sink, (part) => ({
    ...part,
    async end(result, signal) {
      signal.throwIfAborted();
      if (result.segments.length === 0) throw new Error('Nothing was said.');
      return part.end(result, signal);
    },
  })),
  inputs.sink,
);
