// Wrong in one way: it declares partials and fails on them.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes partials, as it declares',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      if (edit.cause === 'partial') throw new Error('Partials are not known here.');
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
