// Wrong in one way: its windows overlap.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'windows follow each other without gaps',
  misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);

      return {
        ...stream,
        async push(frame, signal) {
          const marks = await stream.push(frame, signal);
          return marks.map((mark) => ({ ...mark, endSample: mark.endSample + 1 }));
        },
      };
    },
  })),
  inputs.vad,
);
