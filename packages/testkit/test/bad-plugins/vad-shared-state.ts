// Wrong in one way: its streams share one state.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'streams do not disturb each other',
  misbehaving(good.vad, (part) => {
    let listening = 0;
    return {
      ...part,
      async listen(signal) {
        const stream = await part.listen(signal);
        listening += 1;
        return {
          async push(frame, signal) {
            const marks = await stream.push(frame, signal);
            return listening > 1 ? marks.map((mark) => ({ ...mark, speechProbability: 0.4 })) : marks;
          },
          async close() {
            listening -= 1;
            await stream.close();
          },
        };
      },
    };
  }),
  inputs.vad,
);
