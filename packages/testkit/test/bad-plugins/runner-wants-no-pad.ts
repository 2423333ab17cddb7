// Wrong in one way: it wants sound around speech and fails when it gets it.

import { bad, good, inputs, misbehaving } from '../good.ts';

const { length } = inputs.runner.speech;

export default bad(
  'accepts speech with the sound around it that it wants',
  misbehaving(good.runner, (part) => ({
    ...part,
    run(clip, hint, signal) {
      if (clip.samples.length > length && clip.samples.length < 2 * length) throw new Error('Where does it begin?');
      return part.run(clip, hint, signal);
    },
  })),
  inputs.runner,
);
