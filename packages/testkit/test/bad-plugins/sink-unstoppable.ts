// Wrong in one way: end does not listen to the signal.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'begin, apply and end honour an abort',
  misbehaving(good.sink, (part) => ({
    ...part,
    end: (result) => part.end(result, new AbortController().signal),
  })),
  inputs.sink,
);
