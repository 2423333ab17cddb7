// Wrong in one way: it declares no language.

import { altered, bad, good, inputs } from '../good.ts';

export default bad(
  'declares the capabilities of its kind and no others',
  altered(good.runner, { capabilities: { ...good.runner.capabilities, languages: [] } }),
  inputs.runner,
);
