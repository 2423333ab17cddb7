// Wrong in one way: push does not listen to the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'listen and push honour an abort',
  misbehaving(good.vad, (part) => ({
    ...part,
    async listen(signal) {
      const stream = await part.listen(signal);

      return {
        ...stream,
        async push(frame, signal) {
          return stream.push(frame, signal.aborted ? new AbortController().signal : signal);
        },
      };
    },
  })),
  inputs.vad,
);
