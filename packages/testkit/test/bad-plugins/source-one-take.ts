// Wrong in one way: it says that it lasts, but gives its audio once.

import { altered, bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'begins anew for every dictation, as it declares',
  altered(
    misbehaving(good.source, (part) => {
      let takes = 0;
      return {
        ...part,
        async *frames(signal) {
          takes += 1;
          if (takes === 1) yield* part.frames(signal);
        },
      };
    }),
    { capabilities: { lasting: true } },
  ),
  inputs.source,
);
