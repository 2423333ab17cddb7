// Wrong in one way: it skips samples.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'frames are contiguous from sample 0',
  misbehaving(good.source, (part) => ({
    ...part,
    async *frames(signal) {
      for await (const frame of part.frames(signal)) {
        yield { ...frame, startSample: frame.startSample * 2 };
      }
    },
  })),
  inputs.source,
);
