// Wrong in one way: it says that it lasts, but knows one dictation at a time.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'serves two dictations at once, as it declares',
  misbehaving(good.sink, (part) => {
    let current = '';
    return {
      ...part,
      async begin(session, signal) {
        current = session.sessionId;
        return part.begin(session, signal);
      },
      async apply(edit, signal) {
        if (edit.sessionId !== current) throw new Error(`${edit.sessionId} is not ${current}.`);
        return part.apply(edit, signal);
      },
    };
  }),
  inputs.sink,
);
