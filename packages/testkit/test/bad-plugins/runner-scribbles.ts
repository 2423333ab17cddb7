// Wrong in one way: it normalises the audio in place.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'does not write to the clip',
  misbehaving(good.runner, (part) => ({
    ...part,
    async run(clip, hint, signal) {
      clip.samples[0] = 1;
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
