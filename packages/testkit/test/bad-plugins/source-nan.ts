// Wrong in one way: it gives samples that are not numbers.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'samples are finite float32',
  misbehaving(good.source, (part) => ({
    ...part,
    async *frames(signal) {
      for await (const frame of part.frames(signal)) {
        frame.samples[0] = NaN;
        yield frame;
      }
    },
  })),
  inputs.source,
);
