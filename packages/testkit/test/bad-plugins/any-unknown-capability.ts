// Wrong in one way: it declares a capability that nobody knows.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'declares the capabilities of its kind and no others',
  altered(good.vad, { capabilities: { fast: true } }),
  inputs.vad,
);
