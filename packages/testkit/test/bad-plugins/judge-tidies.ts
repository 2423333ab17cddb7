// Wrong in one way: it changes the text that it judges.

import { bad, good, inputs, misbehaving } from '../good.ts';

export default bad(
  'does not change what it judges',
  misbehaving(good.judge, (part) => ({
    ...part,
    async choose(readings, context, signal) {
      Object.assign(readings.refined, { text: readings.refined.text.trimEnd() + ' ' });
      return part.choose(readings, context, signal);
    },
  })),
  inputs.judge,
);
