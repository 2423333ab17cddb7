// Wrong in one way: it does not work again after an abort.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'an abort rejects soon with its reason, and the next run works',
  misbehaving(good.runner, (part) => {
    let aborted = false;
    return {
      ...part,
      async run(clip, hint, signal) {
        if (signal.aborted) aborted = true;
        const transcript = await part.run(clip, hint, signal);
        return aborted ? { text: 'worn out' } : transcript;
      },
    };
  }),
  inputs.runner,
);
