// Wrong in one way: it hears speech nowhere.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'tells speech from silence',
  misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);

      return {
        ...stream,
        async push(frame, signal) {
          const marks = await stream.push(frame, signal);
          return marks.map((mark) => ({ ...mark, speechProbability: 0 }));
        },
      };
    },
  })),
  inputs.vad,
);
