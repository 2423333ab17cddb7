// Wrong in one way: it wants more sound around speech than anybody waits for.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'declares the capabilities of its kind and no others',
  altered(good.runner, { capabilities: { ...good.runner.capabilities, padMs: 60_000 } }),
  inputs.runner,
);
