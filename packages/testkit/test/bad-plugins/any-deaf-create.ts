// Wrong in one way: create does not listen to the signal.

import { altered, bad, good, inputs } from '../good.ts';
import type { PluginContext } from '@voiceinput/plugin-api';

export default bad(
  'create honours an abort',
  altered(good.postprocessor, {
    create: (config: never, context: PluginContext) =>
      good.postprocessor.create(config, context, new AbortController().signal),
  }),
  inputs.postprocessor,
);
