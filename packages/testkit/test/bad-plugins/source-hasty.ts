// Wrong in one way: it claims real time and gives all at once.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'comes at the speed that it declares',
  misbehaving(good.source, (part) => ({
    ...part,
    realtime: true,
    async *frames(signal) {
      yield* part.frames(signal);
    },
  })),
  inputs.source,
);
