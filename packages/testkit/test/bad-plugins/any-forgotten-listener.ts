// Wrong in one way: it goes on listening to the process.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'leaves no timers and listeners behind',
  misbehaving(good.sink, (part) => {
    process.once('SIGUSR2', () => undefined);
    return part;
  }),
  inputs.sink,
);
