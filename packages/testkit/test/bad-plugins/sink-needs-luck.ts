// Wrong in one way: it needs what no host knows of.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'declares the capabilities of its kind and no others',
  altered(good.sink, { capabilities: { ...good.sink.capabilities, needs: ['luck'] } }),
  inputs.sink,
);
