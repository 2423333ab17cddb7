// Wrong in one way: its command cannot be called off.

import { bad, commanded, misbehaving } from '../good.ts';

export default bad(
  'does its command greet',
  misbehaving(commanded.plugin, (part) => ({ ...part, perform: async () => ({ text: 'hello' }) })),
  commanded.inputs,
);
