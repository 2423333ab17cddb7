// Wrong in one way: it says that it lasts, but knows nothing of a dictation after its end.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'answers an undo after the end, as it declares',
  misbehaving(good.sink, (part) => ({
    ...part,
    async apply(edit, signal) {
      if (edit.cause === 'undo') throw new Error(`${edit.sessionId} is over.`);
      return part.apply(edit, signal);
    },
  })),
  inputs.sink,
);
