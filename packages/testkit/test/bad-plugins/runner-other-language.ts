// Wrong in one way: it hears a language that it was not told.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'chooses among the languages that it is told',
  misbehaving(good.runner, (part) => ({
    ...part,
    run: async (clip, hint, signal) => ({ ...(await part.run(clip, hint, signal)), language: 'xx' }),
  })),
  inputs.runner,
);
