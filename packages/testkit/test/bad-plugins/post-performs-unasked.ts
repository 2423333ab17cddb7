// Wrong in one way: it performs commands that its manifest does not name.

import { altered, bad, commanded, inputs } from '../good.ts';

export default bad(
  'performs commands just when it declares some',
  altered(commanded.plugin, { commands: undefined }),
  inputs.postprocessor,
);
