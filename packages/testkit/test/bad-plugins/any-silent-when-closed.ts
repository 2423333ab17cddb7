// Wrong in one way: what is asked when it is closed gets no answer.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'settles calls while it closes, and when it is closed',
  misbehaving(good.postprocessor, (part) => {
    let closed = false;
    return {
      process: (transcript, context, signal) =>
        closed ? new Promise(() => undefined) : part.process(transcript, context, signal),
      async close() {
        closed = true;
      },
    };
  }),
  inputs.postprocessor,
);
