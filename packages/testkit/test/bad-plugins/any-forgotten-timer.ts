// Wrong in one way: it leaves a timer running.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'leaves no timers and listeners behind',
  misbehaving(good.postprocessor, (part) => {
    const timer = setInterval(() => undefined, 1_000);
    setTimeout(() => clearInterval(timer), 4_000);
    return part;
  }),
  inputs.postprocessor,
);
