// Wrong in one way: it goes on listening to the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'leaves no timers and listeners behind',
  misbehaving(good.postprocessor, (part, created) => {
    created.addEventListener('abort', () => undefined);
    return part;
  }),
  inputs.postprocessor,
);
