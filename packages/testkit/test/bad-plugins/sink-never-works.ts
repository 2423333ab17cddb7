// Wrong in one way: it fails on the very first edit of a process and on none after it.

import { bad, good, inputs, misbehaving } from '../good.ts';

let failed = false;

export default bad(
  'settles calls when it is open, and open again',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      if (!failed) {
        failed = true;
        throw new Error('Not yet.');
      }
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
