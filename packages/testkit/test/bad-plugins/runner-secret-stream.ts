// Wrong in one way: it streams and does not say so.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'streams just when it declares so',
  altered(good.runner, { capabilities: { ...good.runner.capabilities, streaming: false } }),
  inputs.runner,
);
