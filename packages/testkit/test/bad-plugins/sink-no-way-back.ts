// Wrong in one way: it fails when the user cancels.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes a dictation that is cancelled',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      if (edit.cause === 'cancel') throw new Error('What stands, stands.');
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
