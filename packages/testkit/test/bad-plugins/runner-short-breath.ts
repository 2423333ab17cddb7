// Wrong in one way: it refuses clips of the length that it declares.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'accepts a clip of the declared length',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      if (clip.samples.length >= 32_000) throw new Error('The clip is too long.');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
