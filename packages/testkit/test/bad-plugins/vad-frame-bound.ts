// Wrong in one way: it hears only whole windows inside one frame.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'gives the same marks however the audio is chopped',
  misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);

      return {
        ...stream,
        async push(frame, signal) {
          const marks = await stream.push(frame, signal);
          const quiet = frame.samples.length < 8;
          return quiet ? marks.map((mark) => ({ ...mark, speechProbability: 0.3 })) : marks;
        },
      };
    },
  })),
  inputs.vad,
);
