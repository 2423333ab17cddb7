// Wrong in one way: its streams hear each other.

import { bad, good, inputs, misbehaving } from '../good.ts';
import type { Hint } from '@voiceinput/plugin-api';
import { concatenate } from '@voiceinput/testkit';

export default bad(
  'hears two clips at once, and a third after one that was left',
  misbehaving(good.runner, (part) => ({
    ...part,
    stream: (() => {
      const heard: Float32Array[] = [];
      return async (startSample: number, hint: Hint, signal: AbortSignal) => {
        const stream = await part.stream!(startSample, hint, signal);
        return {
          ...stream,
          async push(samples: Float32Array, abort: AbortSignal) {
            const others = heard.splice(0);
            heard.push(samples);
            return stream.push(concatenate(...others, samples), abort);
          },
          async close() {
            heard.splice(0);
          },
        };
      };
    })(),
  })),
  inputs.runner,
);
