// Wrong in one way: it has devices to choose from and does not say so.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'lists devices if and only if it declares them',
  misbehaving(good.source, (part) => ({ ...part, devices: async () => [{ id: 'a', name: 'A', standard: true }] })),
  inputs.source,
);
