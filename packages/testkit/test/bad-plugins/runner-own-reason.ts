// Wrong in one way: it rejects with an error of its own on abort.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'an abort rejects soon with its reason, and the next run works',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      if (signal.aborted) throw new Error('Something was aborted.');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
