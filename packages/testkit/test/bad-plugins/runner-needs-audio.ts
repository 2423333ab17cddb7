// Wrong in one way: it fails on an empty clip.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'accepts an empty, a very short and a silent clip',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      if (clip.samples.length === 0) throw new Error('The clip is empty.');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
