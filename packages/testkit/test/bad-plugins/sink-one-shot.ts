// Wrong in one way: it serves one dictation only.

import { altered, bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes one dictation after another',
  misbehaving(altered(good.sink, { capabilities: { partials: true } }), (part) => {
    let first: string | undefined;
    return {
      ...part,
      async begin(session, signal) {
        const beginning = await part.begin(session, signal);
        first ??= session.sessionId;
        if (first !== session.sessionId) throw new Error('Another dictation has begun already.');
        return beginning;
      },
    };
  }),
  inputs.sink,
);
