// Wrong in one way: it fails when it is told the words of the user.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'accepts all hints',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      if (hint.words) throw new Error('Words are not known here.');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
