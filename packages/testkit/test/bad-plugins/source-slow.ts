// Wrong in one way: it comes in real time without saying so.

import { bad, good, misbehaving } from '../good.ts';

export default bad(
  'comes at the speed that it declares',
  misbehaving(good.source, (part) => ({ ...part, realtime: false })),
  { config: { score: [{ sound: 'speech', ms: 600 }], realtime: true } },
);
