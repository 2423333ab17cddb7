// Wrong in one way: it does not listen to the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'an abort rejects soon with its reason, and the next run works',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      return part.run(clip, hint, signal.aborted ? new AbortController().signal : signal);
    },
  })),
  inputs.runner,
);
