// Wrong in one way: it cannot be closed without having worked.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'closes without having worked',
  misbehaving(good.postprocessor, (part) => {
    let worked = false;
    return {
      async process(transcript, context, signal) {
        worked = true;
        return part.process(transcript, context, signal);
      },
      async close() {
        if (!worked) throw new Error('There is nothing to close.');
      },
    };
  }),
  inputs.postprocessor,
);
