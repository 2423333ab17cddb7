// Wrong in one way: an abort in the middle of opening leaves its lock behind.

import type { PluginContext } from '@voiceinput/plugin-api';
import { altered, bad, good, inputs } from '../good.ts';

let locked = false;

export default bad(
  'an abort at any moment of opening or working costs the next one nothing',
  altered(good.postprocessor, {
    async create(config: never, context: PluginContext, signal: AbortSignal) {
      signal.throwIfAborted();
      // The lock goes with whoever finds it, so that only the next one suffers.
      const isFree = !locked;
      locked = false;
      if (!isFree) throw new Error('Somebody opens it already.');
      locked = true;
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      locked = false;
      return good.postprocessor.create(config, context, signal);
    },
  }),
  inputs.postprocessor,
);
