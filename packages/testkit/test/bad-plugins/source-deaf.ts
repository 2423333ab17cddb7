// Wrong in one way: it does not end on abort.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'frames end on abort',
  misbehaving(good.source, (part) => ({
    ...part,
    async *frames(signal) {
      if (!signal.aborted) yield* part.frames(new AbortController().signal);
    },
  })),
  inputs.source,
);
