// Wrong in one way: its model has no name.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'names its model',
  misbehaving(good.runner, (part) => ({ ...part, model: ' ' })),
  inputs.runner,
);
