// Wrong in one way: it was written for another version of the contract.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'is made by definePlugin, for this version of the contract',
  altered(good.sink, { api: 2 }),
  inputs.sink,
);
