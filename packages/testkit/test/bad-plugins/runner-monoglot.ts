// Wrong in one way: it declares a language that it refuses.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'accepts every language that it declares',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      if (hint.language === 'de') throw new Error('Only English is known.');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
