// Wrong in one way: it ends its work before it looks at the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'an abort rejects soon with its reason, and the next run works',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 80));
      return part.run(clip, hint, new AbortController().signal);
    },
  })),
  inputs.runner,
);
