// Wrong in one way: it gives percents.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'probabilities are 0…1',
  misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);

      return {
        ...stream,
        async push(frame, signal) {
          const marks = await stream.push(frame, signal);
          return marks.map((mark) => ({ ...mark, speechProbability: mark.speechProbability * 1.5 }));
        },
      };
    },
  })),
  inputs.vad,
);
