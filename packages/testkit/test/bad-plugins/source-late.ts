// Wrong in one way: it looks at the signal only after the first frame.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'an aborted signal gives no frames',
  misbehaving(good.source, (part) => ({
    ...part,
    async *frames(signal) {
      for await (const frame of part.frames(new AbortController().signal)) {
        yield frame;
        if (signal.aborted) return;
      }
    },
  })),
  inputs.source,
);
