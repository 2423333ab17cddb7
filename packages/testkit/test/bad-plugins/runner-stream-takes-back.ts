// Wrong in one way: its stream takes words back that were agreed on.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'what is agreed on while a clip is spoken only grows',
  misbehaving(good.runner, (part) => ({
    ...part,
    async stream(startSample, hint, signal) {
      const stream = await part.stream!(startSample, hint, signal);
      return {
        ...stream,
        async push(samples, abort) {
          const heard = await stream.push(samples, abort);
          return heard.text === 'hello wide' ? { ...heard, text: 'yellow wide' } : heard;
        },
      };
    },
  })),
  inputs.runner,
);
