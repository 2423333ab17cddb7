// Wrong in one way: an abort in the middle of its work costs the part all that comes later.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'settles calls aborted at each await',
  misbehaving(good.postprocessor, (part) => {
    let broken = false;
    return {
      ...part,
      async process(transcript, context, signal) {
        signal.throwIfAborted();
        if (broken) throw new Error('Somebody aborted it before.');
        await new Promise((resolve) => setImmediate(resolve));
        broken = signal.aborted;
        return part.process(transcript, context, signal);
      },
    };
  }),
  inputs.postprocessor,
);
