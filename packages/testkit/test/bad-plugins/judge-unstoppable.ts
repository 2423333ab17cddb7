// Wrong in one way: it decides although nobody waits any more.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'isSure and choose honour an abort',
  misbehaving(good.judge, (part) => ({
    ...part,
    isSure: (draft, context) => part.isSure(draft, context, new AbortController().signal),
  })),
  inputs.judge,
);
