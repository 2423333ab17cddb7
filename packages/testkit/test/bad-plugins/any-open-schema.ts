// Wrong in one way: its schema lets unknown keys through.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'describes its options by a valid schema that refuses unknown keys',
  altered(good.postprocessor, { config: { type: 'object', properties: {} } }),
  inputs.postprocessor,
);
