// Wrong in one way: it cannot judge what says nothing.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'decides whatever was heard and whatever is known of it',
  misbehaving(good.judge, (part) => ({
    ...part,
    async choose(readings, context, signal) {
      if (readings.refined.text === '') throw new Error('There is nothing to judge.');
      return part.choose(readings, context, signal);
    },
  })),
  inputs.judge,
);
