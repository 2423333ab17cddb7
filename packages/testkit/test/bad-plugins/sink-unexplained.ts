// Wrong in one way: it refuses with a reason that its manifest has no words for.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes a dictation that is cancelled',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      await part.apply(edit, signal);
      if (edit.cause === 'cancel') return { kind: 'refused', reason: 'moonlight' };
      return { kind: 'applied', proof: 'unverified' };
    },
  })),
  inputs.sink,
);
