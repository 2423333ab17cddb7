// Wrong in one way: an abort that comes when the text stands already makes it deny it.

import type { Plugin } from '@voiceinput/plugin-api';
import { bad, inputs, misbehaving, sinkWithOutput } from '../good.ts';

const { plugin, output } = sinkWithOutput();
const denying: Plugin<'sink'> = misbehaving(plugin, (part) => ({
  ...part,
  async apply(edit, signal) {
    const outcome = await part.apply(edit, signal);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    return outcome;
  },
}));

export default bad('an edit that is aborted on its way is answered, or nothing of it stands', denying, {
  ...inputs.sink,
  output,
});
