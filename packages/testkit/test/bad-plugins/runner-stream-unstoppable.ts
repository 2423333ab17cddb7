// Wrong in one way: its stream goes on after an abort.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'stream and push honour an abort, and a clip that is over is still read',
  misbehaving(good.runner, (part) => ({
    ...part,
    async stream(startSample, hint, signal) {
      const stream = await part.stream!(startSample, hint, signal);
      return { ...stream, push: (samples) => stream.push(samples, new AbortController().signal) };
    },
  })),
  inputs.runner,
);
