// Wrong in one way: its schema has a misspelt keyword.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'describes its options by a valid schema that refuses unknown keys',
  altered(good.postprocessor, { config: { type: 'object', additionalProperties: false, propertys: {} } }),
  inputs.postprocessor,
);
