// Wrong in one way: it gives the same buffer again and again.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'a frame given away is not written to again',
  misbehaving(good.source, (part) => ({
    ...part,
    async *frames(signal) {
      const shared = new Float32Array(320);
      for await (const { samples, startSample } of part.frames(signal)) {
        shared.set(samples);
        yield { samples: shared, startSample };
      }
    },
  })),
  inputs.source,
);
