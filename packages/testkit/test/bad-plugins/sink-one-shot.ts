// Wrong in one way: it serves one dictation only.

import { altered, bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'takes one dictation after another',
  misbehaving(altered(good.sink, { capabilities: { partials: true } }), (part) => {
    let begun = false;
    return {
      ...part,
      async begin(session, signal) {
        const beginning = await part.begin(session, signal);
        if (begun) throw new Error('One dictation has begun already.');
        begun = true;
        return beginning;
      },
    };
  }),
  inputs.sink,
);
